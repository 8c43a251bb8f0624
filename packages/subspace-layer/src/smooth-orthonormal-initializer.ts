import { argumentError, assertFinite, assertInteger, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { InitializerBase } from './layers-bases';
import { orthonormalizeRows } from './orthonormalize-rows';
import { resolveSeed } from './resolve-seed';
import { fromRows, shorterSide } from './shorter-side';

export interface SmoothOrthonormalInitializerArgs {
  /** [height, width, channels] of a basis image; its product is the length of a vector. */
  shape: readonly number[];
  /** Integer of at least 0; drawn afresh when left out, and then saved with the layer. */
  seed?: number | undefined;
  /**
   * The highest frequency, in half waves across the image: those with `ky^2 + kx^2 <= cutoff^2` are mixed.
   * 4 by default; 0 gives constant images. Frequencies an axis is too short for are left out.
   */
  cutoff?: number | undefined;
}

/**
 * Random orthonormal vectors whose images are smooth: in each channel low-frequency cosines (those of the
 * DCT-II), with random weights that fall off as `1 / (1 + ky^2 + kx^2)`, then made orthonormal. A random
 * basis is white noise, which stays visible in pictures for long; this one has nothing above `cutoff`.
 *
 * The vectors lie along the weight's longer side ("Which vectors" in the README).
 */
export class SmoothOrthonormalInitializer extends InitializerBase {
  static readonly className = 'eigengan/subspace-layer/SmoothOrthonormalInitializer';

  readonly shape: readonly [number, number, number];
  readonly seed: number;
  readonly cutoff: number;

  /** @throws ArgumentError when the shape is not three sizes, the seed no integer, the cutoff negative */
  constructor({ shape, seed, cutoff = 4 }: SmoothOrthonormalInitializerArgs) {
    super();
    this.shape = imageShape(shape);
    this.seed = resolveSeed('smoothOrthonormalInitializer: seed', seed);
    assertFinite('smoothOrthonormalInitializer: cutoff', cutoff, { min: 0 });
    this.cutoff = cutoff;
  }

  /**
   * A new weight of the shape, which the caller disposes.
   *
   * @throws ArgumentError when its vectors are not images of `shape`, or more than there are cosines
   */
  override apply(shape: (number | null)[]): tf.Tensor {
    const where = 'smoothOrthonormalInitializer';
    const side = shorterSide(where, shape);
    const [height, width, channels] = this.shape;
    if (side.length !== height * width * channels) {
      const rule = `vectors must have ${height} * ${width} * ${channels} = ${height * width * channels} values`;
      throw argumentError(where, rule, side.length);
    }
    const waves = lowFrequencies(height, width, this.cutoff);
    const terms = waves.length * channels;
    if (side.count > terms) {
      const rule = `cutoff ${this.cutoff} leaves ${terms} cosines for as many vectors at most`;
      throw argumentError(where, rule, side.count, { hint: 'Raise the cutoff.' });
    }
    const stream = seededStream(this.seed, 'init');
    // The cosines are orthonormal, so orthonormal weights give orthonormal images.
    const weights = new Float64Array(side.count * terms);
    for (let i = 0; i < weights.length; i++) {
      const wave = waves[Math.floor((i % terms) / channels)];
      weights[i] = stream.normal() * (wave?.amplitude ?? 0);
    }
    orthonormalizeRows(weights, terms, stream);
    const rows = new Float64Array(side.count * side.length);
    for (let i = 0; i < side.count; i++) {
      const image = rows.subarray(i * side.length, (i + 1) * side.length);
      addWaves(image, waves, weights.subarray(i * terms, (i + 1) * terms), channels);
    }
    return tf.tidy(() => {
      const matrix = tf.tensor2d(Float32Array.from(rows), [side.count, side.length]);
      return fromRows(matrix, side, shape.map(Number));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { shape: [...this.shape], seed: this.seed, cutoff: this.cutoff };
  }
}
tf.serialization.registerClass(SmoothOrthonormalInitializer);

/** Smooth orthonormal vectors, for a `SubspaceLayer` or the `kernelInitializer` of a stock layer. */
export function smoothOrthonormalInitializer(
  args: SmoothOrthonormalInitializerArgs,
): SmoothOrthonormalInitializer {
  return new SmoothOrthonormalInitializer(args);
}

interface Wave {
  /** One half of the cosine product along each axis, scaled to norm 1. */
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly amplitude: number;
}

/** The two-dimensional cosines up to the cutoff. */
function lowFrequencies(height: number, width: number, cutoff: number): Wave[] {
  const waves: Wave[] = [];
  for (let ky = 0; ky < height && ky <= cutoff; ky++) {
    for (let kx = 0; kx < width && ky * ky + kx * kx <= cutoff * cutoff; kx++) {
      const amplitude = 1 / (1 + ky * ky + kx * kx);
      waves.push({ y: cosine(ky, height), x: cosine(kx, width), amplitude });
    }
  }
  return waves;
}

/** The DCT-II's vector of k half waves, of norm 1. */
function cosine(k: number, size: number): Float64Array {
  const scale = Math.sqrt((k === 0 ? 1 : 2) / size);
  return Float64Array.from({ length: size }, (_, i) => scale * Math.cos((Math.PI * k * (i + 0.5)) / size));
}

/** Adds to an image [height, width, channels] each wave times its weight in each channel. */
function addWaves(
  image: Float64Array,
  waves: readonly Wave[],
  weights: Float64Array,
  channels: number,
): void {
  waves.forEach(({ y, x }, wave) => {
    let pixel = 0;
    for (const vertical of y) {
      for (const horizontal of x) {
        for (let c = 0; c < channels; c++, pixel++) {
          const weight = weights[wave * channels + c] ?? 0;
          image[pixel] = (image[pixel] ?? 0) + weight * vertical * horizontal;
        }
      }
    }
  });
}

function imageShape(shape: readonly number[]): readonly [number, number, number] {
  const where = 'smoothOrthonormalInitializer: shape';
  const [height, width, channels, ...rest] = Array.isArray(shape) ? shape : [];
  if (height === undefined || width === undefined || channels === undefined || rest.length > 0) {
    throw argumentError(where, 'must be [height, width, channels]', shape);
  }
  for (const size of [height, width, channels]) assertInteger(where, size, { min: 1 });
  return [height, width, channels];
}
