import { fillNormal, type RandomStream, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/** Samples of a normal distribution whose principal components are known. */
export interface GaussianData {
  /** [count, dimensions], the caller's to dispose of. */
  readonly samples: tf.Tensor2D;
  /** The distribution's own standard deviations along its principal directions, greatest first. */
  readonly spectrum: readonly number[];
}

/** Four directions that matter, twelve that do not, all different: then the principal directions are unique. */
const defaultSpectrum: readonly number[] = [
  ...[3, 2.4, 1.8, 1.2],
  ...Array.from({ length: 12 }, (_, i) => 0.5 * 0.9 ** i),
];

/**
 * Draws `count` samples `x = R diag(spectrum) e + m`: R a random rotation, m a random mean, e standard normal.
 * All from the stream `data` of the seed.
 */
export function gaussianData({
  count,
  seed,
  spectrum = defaultSpectrum,
}: {
  count: number;
  seed: number;
  spectrum?: readonly number[];
}): GaussianData {
  const stream = seededStream(seed, 'data');
  const dimensions = spectrum.length;
  const samples = tf.tidy(() => {
    const rotation = tf.linalg.gramSchmidt(normal(stream, dimensions, dimensions));
    const mean = normal(stream, 1, dimensions);
    const coordinates = tf.mul(normal(stream, count, dimensions), tf.tensor1d([...spectrum]));
    if (Array.isArray(rotation)) throw new Error('gramSchmidt of a tensor is a tensor');
    return tf.add<tf.Tensor2D>(tf.matMul(coordinates, rotation), mean);
  });
  return { samples, spectrum };
}

/** Standard normal numbers, [rows, columns]. */
export function normal(stream: RandomStream, rows: number, columns: number): tf.Tensor2D {
  return tf.tensor2d(fillNormal(stream, new Float32Array(rows * columns)), [rows, columns]);
}

/** `batch` rows of the samples drawn with replacement, for the caller to dispose of. */
export function drawBatch(samples: tf.Tensor2D, batch: number, stream: RandomStream): tf.Tensor2D {
  const rows = Int32Array.from({ length: batch }, () => stream.integer(samples.shape[0]));
  return tf.tidy(() => tf.gather(samples, tf.tensor1d(rows, 'int32')));
}
