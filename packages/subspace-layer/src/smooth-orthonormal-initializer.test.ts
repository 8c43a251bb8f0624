import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { orthonormalInitializer, orthonormalityError, smoothOrthonormalInitializer } from './index';

const shape = [16, 12, 3];
const units = 16 * 12 * 3;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Mean squared difference between neighbours, as a share of the mean square: 2 for white noise. */
function roughness(weight: tf.Tensor): number {
  const images = tf.reshape(weight, [-1, ...shape]);
  const [count = 0] = images.shape;
  const right = tf.slice(images, [0, 0, 1, 0], [count, 16, 11, 3]);
  const left = tf.slice(images, [0, 0, 0, 0], [count, 16, 11, 3]);
  return tf.div(tf.mean(tf.square(tf.sub(right, left))), tf.mean(tf.square(images))).dataSync()[0] ?? 0;
}

/** The coefficient of each image on one cosine, by its definition. */
function cosineCoefficient(image: ArrayLike<number>, ky: number, kx: number, channel: number): number {
  let sum = 0;
  for (let y = 0; y < 16; y++) {
    for (let x = 0; x < 12; x++) {
      const wave = Math.cos((Math.PI * ky * (y + 0.5)) / 16) * Math.cos((Math.PI * kx * (x + 0.5)) / 12);
      sum += wave * (image[(y * 12 + x) * 3 + channel] ?? 0);
    }
  }
  return sum;
}

describe('smoothOrthonormalInitializer', () => {
  it('gives orthonormal vectors, as rows or as columns', async () => {
    const initializer = smoothOrthonormalInitializer({ shape, seed: 1 });
    for (const kernel of [
      [6, units],
      [units, 6],
    ]) {
      const weight = initializer.apply(kernel);
      expect(weight.shape).toEqual(kernel);
      expect(await orthonormalityError(weight)).toBeLessThan(1e-6);
    }
    const rows = initializer.apply([6, units]).dataSync();
    expect(tf.transpose(initializer.apply([units, 6])).dataSync()).toEqual(rows);
  });

  it('has images far smoother than a random basis', () => {
    expect(roughness(orthonormalInitializer({ seed: 1 }).apply([6, units]))).toBeGreaterThan(1.5);
    expect(roughness(smoothOrthonormalInitializer({ shape, seed: 1 }).apply([6, units]))).toBeLessThan(0.3);
  });

  it('has nothing above the cutoff', () => {
    const image = smoothOrthonormalInitializer({ shape, seed: 1, cutoff: 3 }).apply([1, units]).dataSync();
    for (let ky = 0; ky < 16; ky++) {
      for (let kx = 0; kx < 12; kx++) {
        if (ky * ky + kx * kx <= 9) continue;
        expect(Math.abs(cosineCoefficient(image, ky, kx, 1))).toBeLessThan(1e-5);
      }
    }
    expect(Math.abs(cosineCoefficient(image, 1, 1, 1))).toBeGreaterThan(1e-3);
  });

  it('is constant within each channel where the cutoff is 0', () => {
    const weight = smoothOrthonormalInitializer({ shape, seed: 1, cutoff: 0 }).apply([3, units]);
    expect(roughness(weight)).toBeLessThan(1e-10);
  });

  it('repeats with a seed and differs between seeds', () => {
    const values = (seed: number) =>
      smoothOrthonormalInitializer({ shape, seed }).apply([2, units]).dataSync();
    expect(values(3)).toEqual(values(3));
    expect(values(3)).not.toEqual(values(4));
  });

  it('refuses what does not fit, with the numbers', () => {
    expect(() => smoothOrthonormalInitializer({ shape }).apply([6, 100])).toThrow(
      'smoothOrthonormalInitializer: vectors must have 16 * 12 * 3 = 576 values, got 100',
    );
    expect(() => smoothOrthonormalInitializer({ shape, cutoff: 0 }).apply([4, units])).toThrow(
      'cutoff 0 leaves 3 cosines for as many vectors at most, got 4. Raise the cutoff.',
    );
    expect(() => smoothOrthonormalInitializer({ shape: [4, 4] })).toThrow(
      /must be \[height, width, channels\]/,
    );
    expect(() => smoothOrthonormalInitializer({ shape: [4, 0, 1] })).toThrow(/at least 1, got 0/);
    expect(() => smoothOrthonormalInitializer({ shape, cutoff: -1 })).toThrow(/cutoff/);
  });

  it('leaves one tensor, the weight', () => {
    const before = tf.memory().numTensors;
    smoothOrthonormalInitializer({ shape }).apply([units, 2]).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
