import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededStream } from '@eigengan/core';
import { modelFolder } from '@eigengan/core/node';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGenerator, loadGenerator, readWeightsByRole, sampleLatents, saveGenerator } from './index';
import { quantizeWeights } from './quantize-weights';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterAll(() => rm(folder, { recursive: true }));

const pictures = async (generator: tfl.LayersModel): Promise<Float32Array> => {
  const output = generator.predict(sampleLatents(generator, 2, seededStream(0, 'latents')));
  if (Array.isArray(output)) throw new Error('expected one tensor');
  return output.data<'float32'>();
};
const meanDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? Number.NaN)), 0) / a.length;

/** What tfjs reads back of one weight of these numbers. */
async function readBack(values: number[], dtype: 'uint8' | 'uint16' | 'float16'): Promise<number[]> {
  const { weightData = [], weightSpecs = [] } = quantizeWeights(
    {
      weightSpecs: [{ name: 'w', shape: [values.length], dtype: 'float32' }],
      weightData: Float32Array.from(values).buffer,
    },
    dtype,
  );
  const { w } = tf.io.decodeWeights(weightData, weightSpecs);
  return Array.from((await w?.data<'float32'>()) ?? []);
}

describe('a generator saved with fewer bits', () => {
  it.each([
    ['uint8', 4, 1.5 / 127.5],
    ['float16', 2, 0.1 / 127.5],
    ['uint16', 2, 0.01 / 127.5],
  ] as const)('makes the same pictures with %s, to the eye', async (quantization, times, tolerance) => {
    const generator = createGenerator({ size: 16, width: 0.125, ranks: [3, 2], noise: 8, seed: 3 });
    const path = join(folder, quantization);
    await saveGenerator(generator, modelFolder(path), { quantization, dimensionNames: { 'block_0/1': 'x' } });
    const { size } = await stat(join(path, 'weights.bin'));
    expect(size).toBe((generator.countParams() * 4) / times);

    const loaded = await loadGenerator(modelFolder(path));
    const expected = await pictures(generator);
    const difference = meanDifference(await pictures(loaded), expected);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(tolerance);
    expect(meanDifference(expected, new Float32Array(expected.length))).toBeGreaterThan(0.05);

    const byTfjs = await tfl.loadLayersModel(modelFolder(path));
    expect(await readWeightsByRole(byTfjs)).toEqual(await readWeightsByRole(loaded));
  });

  it('can be saved with fewer bits again, with what it was named', async () => {
    const path = join(folder, 'again');
    const first = createGenerator({ size: 8, width: 0.125, ranks: 2, noise: 0 });
    await saveGenerator(first, modelFolder(path), { quantization: 'uint8' });
    const loaded = await loadGenerator(modelFolder(path));
    await saveGenerator(loaded, modelFolder(path), { quantization: 'uint8' });
    const twice = await loadGenerator(modelFolder(path));
    expect(meanDifference(await pictures(twice), await pictures(loaded))).toBeLessThan(1e-5);
  });

  it('is refused for an unknown number of bits, before anything is written', async () => {
    const generator = createGenerator({ size: 8, width: 0.125 });
    const path = join(folder, 'none');
    // @ts-expect-error what a caller without types may pass
    const saved = saveGenerator(generator, modelFolder(path), { quantization: 'int4' });
    await expect(saved).rejects.toThrow(/saveGenerator: quantization.*uint8/);
    await expect(stat(path)).rejects.toThrow();
  });
});

describe('numbers in fewer bits', () => {
  it('keep zero exactly, and the rest to half a step', async () => {
    for (const [dtype, steps] of [
      ['uint8', 255],
      ['uint16', 65535],
    ] as const) {
      const values = [-0.7, 0, 1e-9, 0.31, 2.1];
      const read = await readBack(values, dtype);
      expect(read[1]).toBe(0);
      for (const [i, value] of values.entries()) {
        expect(Math.abs((read[i] ?? Number.NaN) - value)).toBeLessThan((2.8 / steps) * 1.01);
      }
    }
    expect(await readBack([0, 0], 'uint8')).toEqual([0, 0]);
    expect((await readBack([3, 3], 'uint8'))[0]).toBeCloseTo(3, 6);
  });

  it('are the nearest halves, ties to even, small ones included', async () => {
    const pairs: [number, number][] = [
      [1, 1],
      [-2.5, -2.5],
      [1 + 2 ** -11, 1],
      [1 + 3 * 2 ** -11, 1 + 2 ** -9],
      [65504, 65504],
      [-65504, -65504],
      [2 ** -24, 2 ** -24],
      [3 * 2 ** -26, 2 ** -24],
      [2 ** -26, 0],
      [2 ** -14 - 2 ** -24, 2 ** -14 - 2 ** -24],
    ];
    expect(
      await readBack(
        pairs.map(([value]) => value),
        'float16',
      ),
    ).toEqual(pairs.map(([, half]) => half));
  });

  it('are refused where they are no numbers, or larger than halves can be', () => {
    const spec = { name: 'w', shape: [1], dtype: 'float32' as const };
    const model = (value: number) => ({ weightSpecs: [spec], weightData: Float32Array.of(value).buffer });
    expect(() => quantizeWeights(model(Number.NaN), 'uint8')).toThrow(
      'quantizeWeights: w: must be finite, got NaN',
    );
    expect(() => quantizeWeights(model(-65536), 'float16')).toThrow(
      'quantizeWeights: w: must be within 65504 to be written as float16, got -65536',
    );
  });
});
