import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { repairGradients } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { gradientsOf, operandsOf, scoreOf } from './second-order';
import { secondOrderCases } from './second-order-cases';
import type { SecondOrderCase } from './second-order-maps';

/** Where stock tfjs has no gradient on cpu, or a wrong one: see the table in the README of the backends. */
const stockIsWrong = new Set([
  'maximum, one repeated',
  'minimum, one repeated',
  'squaredDifference, one repeated',
  'where',
  'cumsum along rows',
  'avgPool 2, stride 2, same, odd',
  'avgPool 3, stride 2, same',
  'avgPool 3 x 2, stride 1, same',
  'layers.upSampling2d, bilinear',
  'resizeNearestNeighbor, half-pixel centres',
  'resizeBilinear, not square',
  'resizeBilinear, aligned corners',
  'resizeBilinear, half-pixel centres',
  'resizeBilinear to one pixel',
  'conv2d, dilated',
  'depthwiseConv2d, dilated',
  'matMul, one repeated over the batch',
  'depthToSpace',
  'mirrorPad reflect',
  'mirrorPad symmetric',
  'stridedSlice',
  'tile of five axes',
]);

const compared = secondOrderCases.filter(({ name }) => !stockIsWrong.has(name));
const stock = new Map<string, readonly Float32Array[]>();

function gradients(one: SecondOrderCase): Promise<readonly Float32Array[]> {
  const { values, shapes } = operandsOf(one);
  return gradientsOf(scoreOf(one), values, shapes, 0);
}

beforeAll(async () => {
  await tf.setBackend('cpu');
  for (const one of compared) stock.set(one.name, await gradients(one));
  repairGradients();
});

test('the cases that stock has wrong are cases', () => {
  expect(compared.length + stockIsWrong.size).toBe(secondOrderCases.length);
});

test.each(compared)('$name: the repair leaves the gradient what it was', async (one) => {
  const repaired = await gradients(one);
  for (const [i, expected] of (stock.get(one.name) ?? []).entries()) {
    const norm = Math.hypot(...expected);
    const difference = Math.hypot(...expected.map((value, k) => value - (repaired[i]?.[k] ?? Number.NaN)));
    expect(difference / norm).toBeLessThan(1e-6);
  }
});
