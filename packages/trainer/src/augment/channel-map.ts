import * as tf from '@tensorflow/tfjs-core';
import type { ColourMap } from './colour-matrix';
import { imageShape } from './image-shape';

/** An affine map of the channels of an image: `linear x + mean (mean of x over the image) + offset`. */
export interface ChannelMap {
  /** `[channels, channels]`, a row for each channel that comes out. */
  readonly linear: readonly number[];
  /** `[channels, channels]`; null for none. */
  readonly mean: readonly number[] | null;
  /** `[channels]`. */
  readonly offset: readonly number[];
}

/** Of 2 and 4 channels the last one is alpha; 1 or 3 are colours. */
export function colourChannels(channels: number): 1 | 3 {
  return channels < 3 ? 1 : 3;
}

/** Each image `[batch, height, width, channels]` by its own map. */
export function mapChannels(images: tf.Tensor, maps: readonly ChannelMap[]): tf.Tensor {
  return tf.tidy(() => {
    const { batch, height, width, channels } = imageShape(images);
    // Transposed, as each pixel is a row here.
    const matrices = (of: (map: ChannelMap) => readonly number[] | null) => {
      const values = maps.flatMap((map) => {
        const rows = of(map);
        return Array.from(
          { length: channels * channels },
          (_, k) => rows?.[(k % channels) * channels + Math.floor(k / channels)] ?? 0,
        );
      });
      return tf.tensor(values, [batch, channels, channels], 'float32');
    };
    const offsets = tf.tensor(
      maps.flatMap(({ offset }) => offset),
      [batch, 1, channels],
      'float32',
    );
    const pixels = tf.reshape(images, [batch, height * width, channels]);
    const linear = tf.matMul(
      pixels,
      matrices((map) => map.linear),
    );
    const means = maps.every(({ mean }) => mean === null)
      ? offsets
      : tf.add(
          tf.matMul(
            tf.mean(pixels, 1, true),
            matrices((map) => map.mean),
          ),
          offsets,
        );
    return tf.reshape(tf.add(linear, means), images.shape);
  });
}

/**
 * A colour map for images of 1 to 4 channels: a grey image is one of three equal channels, so that hue and
 * saturation leave it alone; alpha stays.
 */
export function channelMapOf(colours: ColourMap, channels: number): ChannelMap {
  const n = colourChannels(channels);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const [linear, offset] =
    n === 3 ? [colours.linear, colours.offset] : [[sum(colours.linear) / 3], [sum(colours.offset) / 3]];
  return {
    linear: withAlpha(linear, channels, 1),
    mean: null,
    offset: Array.from({ length: channels }, (_, channel) => offset[channel] ?? 0),
  };
}

/** A matrix of the colours as one of all channels, with `alpha` in alpha's place on the diagonal. */
export function withAlpha(colours: readonly number[], channels: number, alpha: number): number[] {
  const n = colourChannels(channels);
  return Array.from({ length: channels * channels }, (_, k) => {
    const [row, column] = [Math.floor(k / channels), k % channels];
    if (row < n && column < n) return colours[row * n + column] ?? 0;
    return row === column ? alpha : 0;
  });
}
