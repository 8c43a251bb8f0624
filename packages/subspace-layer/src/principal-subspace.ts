import { argumentError, assertInteger, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { orthonormalizeRows } from './orthonormalize-rows';
import type { Subspace } from './subspace';

/**
 * The principal subspace (PCA) of data in the form of a `SubspaceLayer`: `basis` the directions of greatest
 * variance, `importance` the standard deviations along them (of the n samples, not n - 1), greatest first,
 * `origin` the mean. A linear EigenGAN's optimum (EigenGAN, section 3.3).
 *
 * Computed in double precision on the CPU from the smaller of the Gram matrices, n x n or units x units,
 * whose eigenvectors cost the cube of its size. The sign of a direction is such that its component of
 * greatest magnitude is positive. Beyond the data's own rank importance is 0 and directions are arbitrary.
 *
 * @param data [n, ...shape], n >= 2; stays the caller's
 * @param rank 1 .. min(units, n - 1)
 * @returns tensors that the caller disposes
 * @throws ArgumentError when the rank does not fit, or a value is not finite
 */
export async function principalSubspace(data: tf.Tensor, rank: number): Promise<Subspace> {
  const [count = 0, ...shape] = data.shape;
  const units = tf.util.sizeFromShape(shape);
  if (data.rank < 2 || count < 2 || units < 1) {
    throw argumentError('principalSubspace: data', 'must be [n, ...shape] with n of at least 2', data.shape);
  }
  assertInteger('principalSubspace: rank', rank, { min: 1 });
  if (rank > Math.min(units, count - 1)) {
    const rule = `${count} samples of ${units} values span at most ${Math.min(units, count - 1)} directions`;
    throw argumentError('principalSubspace: rank', rule, rank);
  }
  const samples = Float64Array.from(await data.data());
  const origin = centre(samples, units);
  const { basis, variances } = principalDirections(samples, count, units, rank);
  return {
    basis: tf.tensor2d(Float32Array.from(basis), [rank, units]),
    importance: tf.tensor1d(Float32Array.from(variances, Math.sqrt)),
    origin: tf.tensor1d(Float32Array.from(origin)),
  };
}

/** Takes the mean off each sample in place and returns it. */
function centre(samples: Float64Array, units: number): Float64Array {
  const count = samples.length / units;
  const mean = new Float64Array(units);
  samples.forEach((value, i) => {
    mean[i % units] = (mean[i % units] ?? 0) + value / count;
  });
  if (!mean.every(Number.isFinite)) {
    const at = samples.findIndex((value) => !Number.isFinite(value));
    throw argumentError(`principalSubspace: data[${Math.floor(at / units)}]`, 'must be finite', samples[at]);
  }
  samples.forEach((value, i) => {
    samples[i] = value - (mean[i % units] ?? 0);
  });
  return mean;
}

/** The directions, one after the other, of greatest variance of centred samples, and those variances. */
function principalDirections(samples: Float64Array, count: number, units: number, rank: number) {
  const dual = count < units;
  const rows = dual ? samples : transposed(samples, count, units);
  const { values, vectors } = eigenvectors(gram(rows, Math.min(count, units)), rank);
  const basis = dual ? combinations(vectors, samples, rank, units) : vectors;
  const noise = (values[0] ?? 0) * Math.min(count, units) * 2 ** -50;
  const variances = values.map((value) => (value > noise ? value / count : 0));
  if (dual) {
    // A combination without variance is rounding noise: zeros are replaced by some orthogonal direction.
    variances.forEach((variance, j) => {
      if (variance === 0) basis.fill(0, j * units, (j + 1) * units);
    });
  }
  orthonormalizeRows(basis, units, seededStream(0, 'principal'));
  for (let j = 0; j < rank; j++) fixSign(basis.subarray(j * units, (j + 1) * units));
  return { basis, variances };
}

/** All products of two rows. */
function gram(rows: Float64Array, size: number): Matrix {
  const length = rows.length / size;
  const products = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let k = 0; k < length; k++) product += (rows[i * length + k] ?? 0) * (rows[j * length + k] ?? 0);
      products.set(i, j, product);
      products.set(j, i, product);
    }
  }
  return products;
}

/** The `rank` greatest eigenvalues, greatest first, and their eigenvectors one after the other. */
function eigenvectors(symmetric: Matrix, rank: number): { values: number[]; vectors: Float64Array } {
  const decomposition = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const order = decomposition.realEigenvalues
    .map((value, column) => ({ value, column }))
    .sort((a, b) => b.value - a.value)
    .slice(0, rank);
  return {
    values: order.map(({ value }) => value),
    vectors: Float64Array.from(
      order.flatMap(({ column }) => decomposition.eigenvectorMatrix.getColumn(column)),
    ),
  };
}

/** Each vector's combination of the samples. */
function combinations(
  vectors: Float64Array,
  samples: Float64Array,
  rank: number,
  units: number,
): Float64Array {
  const count = samples.length / units;
  const sums = new Float64Array(rank * units);
  for (let j = 0; j < rank; j++) {
    for (let i = 0; i < count; i++) {
      const weight = vectors[j * count + i] ?? 0;
      for (let k = 0; k < units; k++) {
        sums[j * units + k] = (sums[j * units + k] ?? 0) + weight * (samples[i * units + k] ?? 0);
      }
    }
  }
  return sums;
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) result[k * rows + i] = matrix[i * columns + k] ?? 0;
  }
  return result;
}

/** Negates a vector whose component of greatest magnitude is negative. */
function fixSign(vector: Float64Array): void {
  const greatest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  if (greatest < 0) vector.set(vector.map((value) => -value));
}
