import { argumentError, assertFields, assertFinite, assertInteger, assertOneOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { type AdaptiveTransform, adaptiveTransforms, drawTransforms } from './adaptive-transforms';
import type { Augmentation, AugmentationState, ImageStreams } from './augmentation';
import { channelMapOf, mapChannels } from './channel-map';
import { sameColours } from './colour-matrix';
import { checkImageShape, imageShape } from './image-shape';
import { warp } from './warp';

export interface AdaptiveAugmentOptions {
  /** The r_t that p is driven to, in [-1, 1]. Default 0.6. */
  readonly target?: number | undefined;
  /** In real images, above 0: how many take p from 0 to 1 when it only rises. Default 500000. */
  readonly speed?: number | undefined;
  /** n, in steps: p changes after every n-th. Default 4. */
  readonly interval?: number | undefined;
  /** A probability that stays, in [0, 1], instead of the heuristic and its three options above. */
  readonly p?: number | undefined;
  /** The transforms in use. Default all. */
  readonly transforms?: readonly AdaptiveTransform[] | undefined;
}

/**
 * Adaptive discriminator augmentation (ADA: Karras et al. 2020, "Training generative adversarial networks with
 * limited data"): each transform is done to each image with probability p, which starts at 0 and follows how
 * far D overfits. After every 4th step, where `r_t = E[sign(D(real))]` over these steps is above the target, p
 * rises, where it is below, p falls, by the images of these steps divided by `speed`, within [0, 1].
 *
 * Transforms and strengths are the paper's (appendix B), except that images are resampled bilinearly, not at
 * twice the resolution with a wavelet's filters. Beyond its border an image goes on as its mirror picture.
 *
 * Images of 1 to 4 channels. Hue and saturation leave one channel alone; of 2 and 4 the last is alpha, which
 * moves with the image and keeps its values.
 *
 * @throws ArgumentError when an option breaks a rule
 */
export function adaptiveAugment(options: AdaptiveAugmentOptions = {}): Augmentation {
  assertFields('adaptiveAugment', options, ['target', 'speed', 'interval', 'p', 'transforms']);
  const transforms = chosenTransforms(options.transforms ?? adaptiveTransforms);
  const heuristic = options.p === undefined ? checkedHeuristic(options) : null;
  if (options.p !== undefined) checkFixed(options, options.p);
  const p = options.p ?? 0;
  return {
    name: 'adaptiveAugment',
    configuration: {
      ...(heuristic ?? { p }),
      transforms: transforms.join(','),
    },
    check: (shape) => checkImageShape('adaptiveAugment', shape),
    create: () => new AdaptiveState(transforms, p, heuristic),
  };
}

interface Heuristic {
  readonly target: number;
  readonly speed: number;
  readonly interval: number;
}

function checkedHeuristic({
  target = 0.6,
  speed = 500_000,
  interval = 4,
}: AdaptiveAugmentOptions): Heuristic {
  assertFinite('adaptiveAugment: target', target, { min: -1, max: 1 });
  assertFinite('adaptiveAugment: speed', speed, { exclusiveMin: 0 });
  assertInteger('adaptiveAugment: interval', interval, { min: 1 });
  return { target, speed, interval };
}

function checkFixed(options: AdaptiveAugmentOptions, p: number): void {
  assertFinite('adaptiveAugment: p', p, { min: 0, max: 1 });
  for (const name of ['target', 'speed', 'interval'] as const) {
    if (options[name] === undefined) continue;
    throw argumentError(`adaptiveAugment: ${name}`, 'must be absent when p is given', options[name]);
  }
}

/** In one order, so that the order in which they are given does not matter. */
function chosenTransforms(names: readonly AdaptiveTransform[]): readonly AdaptiveTransform[] {
  const where = 'adaptiveAugment: transforms';
  if (!Array.isArray(names)) throw argumentError(where, 'must be an array', names);
  for (const name of names) assertOneOf(where, name, adaptiveTransforms);
  return adaptiveTransforms.filter((name) => names.includes(name));
}

class AdaptiveState implements AugmentationState {
  /** Since p changed last: `steps`, their `images`, and the `signs` of D's logits summed over these. */
  numbers: Readonly<Record<string, number>>;

  constructor(
    readonly transforms: readonly AdaptiveTransform[],
    p: number,
    readonly heuristic: Heuristic | null,
  ) {
    this.numbers = { p, steps: 0, images: 0, signs: 0 };
  }

  get logged(): Readonly<Record<string, number>> {
    return { augment_p: this.numbers.p ?? 0 };
  }

  apply(images: tf.Tensor, streams: ImageStreams): tf.Tensor {
    const sides = imageShape(images);
    const drawn = Array.from({ length: sides.batch }, (_, image) =>
      drawTransforms(streams(image), { p: this.numbers.p ?? 0, chosen: this.transforms, sides }),
    );
    return tf.tidy(() => {
      const moved = warp(
        images,
        drawn.map(({ move }) => move),
      );
      if (drawn.every(({ colours }) => colours === sameColours)) return moved;
      return mapChannels(
        moved,
        drawn.map(({ colours }) => channelMapOf(colours, sides.channels)),
      );
    });
  }

  observe(rt: number, images: number): void {
    if (this.heuristic === null) return;
    const { target, speed, interval } = this.heuristic;
    const before = this.numbers;
    const steps = (before.steps ?? 0) + 1;
    const seen = (before.images ?? 0) + images;
    const signs = (before.signs ?? 0) + rt * images;
    const p = before.p ?? 0;
    if (steps < interval) {
      this.numbers = { p, steps, images: seen, signs };
      return;
    }
    const change = (Math.sign(signs / seen - target) * seen) / speed;
    this.numbers = { p: Math.min(1, Math.max(0, p + change)), steps: 0, images: 0, signs: 0 };
  }
}
