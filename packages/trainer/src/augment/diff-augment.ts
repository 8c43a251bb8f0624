import { argumentError, assertFields, assertOneOf, type RandomStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Augmentation, AugmentationState, ImageStreams } from './augmentation';
import { type ChannelMap, colourChannels, mapChannels, withAlpha } from './channel-map';
import { checkImageShape, type ImageShape, imageShape } from './image-shape';
import { shift } from './warp';

const where = 'diffAugment: policy';
const parts = ['color', 'translation', 'cutout'] as const;
type Part = (typeof parts)[number];

export interface DiffAugmentOptions {
  /**
   * Some of `color`, `translation` and `cutout`, joined by commas, done in this order. Default
   * `'color,translation,cutout'`.
   */
  readonly policy?: string | undefined;
}

/**
 * DiffAugment (Zhao et al. 2020, "Differentiable augmentation for data-efficient GAN training"), with its
 * official strengths: all of it on every image, each with parameters of its own.
 *
 * `color`: brightness (+ uniform in [-0.5, 0.5]), saturation (the distance to the mean of the channels times
 * uniform in [0, 2]), contrast (the distance to the mean of the image times uniform in [0.5, 1.5]).
 * `translation`: by whole pixels, up to 1/8 of the side, zeros coming in. `cutout`: a rectangle of half the
 * sides becomes 0, its middle anywhere in the image.
 *
 * Images of 1 to 4 channels. One channel has no saturation; of 2 and 4 the last is alpha, which `color`
 * leaves alone.
 *
 * @throws ArgumentError when the policy has other names in it, or one twice
 */
export function diffAugment({ policy = parts.join(','), ...others }: DiffAugmentOptions = {}): Augmentation {
  assertFields('diffAugment', others, ['policy']);
  const chosen = partsOf(policy);
  return {
    name: 'diffAugment',
    configuration: { policy: chosen.join(',') },
    check: (shape) => checkImageShape('diffAugment', shape),
    create: () => stateOf(chosen),
  };
}

function partsOf(policy: string): Part[] {
  if (typeof policy !== 'string') throw argumentError(where, 'must be names joined by commas', policy);
  const names = policy.split(',').map((name) => name.trim());
  return names.map((name, i) => {
    assertOneOf(where, name, parts);
    if (names.indexOf(name) < i) throw argumentError(where, 'must have each name once', policy);
    return name;
  });
}

function stateOf(chosen: readonly Part[]): AugmentationState {
  return {
    numbers: {},
    logged: {},
    apply: (images, streams) => {
      const each = eachImage(images, streams);
      return tf.tidy(() => chosen.reduce((result, part) => operations[part](result, each), images));
    },
    observe: () => {},
  };
}

/** Calls `draw` for each image with its stream, which goes on where the part before left it. */
type EachImage = <T>(draw: (stream: RandomStream, shape: ImageShape) => T) => T[];

function eachImage(images: tf.Tensor, streams: ImageStreams): EachImage {
  const shape = imageShape(images);
  const own = Array.from({ length: shape.batch }, (_, image) => streams(image));
  return (draw) => own.map((stream) => draw(stream, shape));
}

const operations: Readonly<Record<Part, (images: tf.Tensor, each: EachImage) => tf.Tensor>> = {
  color: (images, each) => mapChannels(images, each(drawColour)),
  translation: (images, each) => shift(images, each(drawTranslation)),
  cutout: (images, each) => tf.mul(images, tf.concat(each(drawMask))),
};

/**
 * Brightness, then saturation, then contrast in one: with s, f for the factors and b for the brightness,
 * `f (s x + (1 - s) mean over channels) + (1 - f) (mean over all) + b`, as means pass b on unchanged.
 */
function drawColour(stream: RandomStream, { channels }: ImageShape): ChannelMap {
  const brightness = stream.uniform() - 0.5;
  const saturation = 2 * stream.uniform();
  const contrast = stream.uniform() + 0.5;
  const n = colourChannels(channels);
  const square = (entry: (onDiagonal: number) => number) =>
    Array.from({ length: n * n }, (_, k) => entry(k % (n + 1) === 0 ? 1 : 0));
  return {
    linear: withAlpha(
      square((one) => contrast * (saturation * one + (1 - saturation) / n)),
      channels,
      1,
    ),
    mean: withAlpha(
      square(() => (1 - contrast) / n),
      channels,
      0,
    ),
    offset: Array.from({ length: channels }, (_, channel) => (channel < n ? brightness : 0)),
  };
}

function drawTranslation(stream: RandomStream, { height, width }: ImageShape): { x: number; y: number } {
  const upTo = (size: number) => {
    const most = Math.floor(size / 8 + 0.5);
    return stream.integer(2 * most + 1) - most;
  };
  return { y: upTo(height), x: upTo(width) };
}

/** `[1, height, width, channels]`: 0 in the rectangle, 1 elsewhere. */
function drawMask(stream: RandomStream, { height, width, channels }: ImageShape): tf.Tensor {
  const range = (size: number) => {
    const length = Math.floor(size / 2 + 0.5);
    const start = stream.integer(size + 1 - (length % 2)) - Math.floor(length / 2);
    return { start, end: start + length };
  };
  const [rows, columns] = [range(height), range(width)];
  const mask = new Float32Array(height * width * channels).fill(1);
  for (let y = Math.max(0, rows.start); y < Math.min(height, rows.end); y++) {
    const line = y * width;
    const [left, right] = [Math.max(0, columns.start), Math.min(width, columns.end)];
    mask.fill(0, (line + left) * channels, (line + Math.max(left, right)) * channels);
  }
  return tf.tensor(mask, [1, height, width, channels]);
}
