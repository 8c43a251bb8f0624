import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  combineImages,
  coordinates,
  orthonormalConstraint,
  orthonormalInitializer,
  orthonormalityError,
  orthonormalityRegularizer,
  principalSubspace,
  smoothOrthonormalInitializer,
  subspaceLayer,
  subspaceOf,
} from './index';
import { relativeError } from './testing/reference';

const rank = 3;
const basis = Array.from({ length: 36 }, (_, k) => Math.sin(k * k + 1));
const inputs = [0.5, -1, 2, 1, 0.25, -0.5];

/** The same computation on both backends, as plain numbers. */
async function onBoth(compute: () => tf.Tensor | Promise<tf.Tensor>) {
  const results: Record<string, Float32Array> = {};
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    results[backend] = Float32Array.from(await (await compute()).data());
  }
  const { cpu, wasm } = results;
  if (cpu === undefined || wasm === undefined) throw new Error('both backends ran');
  return { cpu, wasm };
}

const z = () => tf.tensor2d(inputs, [2, rank]);

function layerOf(args: { gramSchmidt?: boolean; output?: 'features' | 'images' }) {
  const layer = subspaceLayer({
    shape: [2, 3, 2],
    importance: [2, -1, 0.5],
    originInitializer: 'ones',
    ...args,
  });
  layer.build([null, rank]);
  layer.basis.write(tf.tensor2d(basis, [rank, 12]));
  return layer;
}

describe('wasm agrees with cpu', () => {
  for (const gramSchmidt of [false, true]) {
    it(`on features, images and coordinates (Gram-Schmidt ${gramSchmidt})`, async () => {
      const features = await onBoth(() => layerOf({ gramSchmidt }).call(z(), {}));
      expect(relativeError(features.wasm, features.cpu)).toBeLessThan(1e-5);
      const images = await onBoth(() =>
        combineImages(z(), layerOf({ gramSchmidt, output: 'images' }).call(z(), {})),
      );
      expect(relativeError(images.wasm, features.cpu)).toBeLessThan(1e-5);
      const found = await onBoth(() => {
        const layer = layerOf({ gramSchmidt });
        return coordinates(layer, layer.call(z(), {}));
      });
      expect(relativeError(found.wasm, found.cpu)).toBeLessThan(1e-5);
    });

    it(`on the gradient of the basis, and on that of a gradient penalty (Gram-Schmidt ${gramSchmidt})`, async () => {
      const first = await onBoth(() => {
        const layer = layerOf({ gramSchmidt });
        const { grads } = tf.variableGrads(() => tf.sum(tf.square(layer.call(z(), {}))));
        return grads[layer.basis.name] ?? tf.scalar(Number.NaN);
      });
      expect(relativeError(first.wasm, first.cpu)).toBeLessThan(1e-5);
      const second = await onBoth(() => {
        const layer = layerOf({ gramSchmidt });
        const slope = tf.grad((x: tf.Tensor) => tf.sum(tf.square(layer.call(x, {}))));
        const { grads } = tf.variableGrads(() => tf.sum(tf.square(slope(z()))));
        return grads[layer.basis.name] ?? tf.scalar(Number.NaN);
      });
      expect(relativeError(second.wasm, second.cpu)).toBeLessThan(1e-5);
    });
  }

  it('on the regulariser, the constraint and the error', async () => {
    const weight = () => tf.tensor2d(basis, [12, rank]);
    const loss = await onBoth(() => orthonormalityRegularizer().apply(weight()));
    expect(relativeError(loss.wasm, loss.cpu)).toBeLessThan(1e-5);
    const retracted = await onBoth(() => orthonormalConstraint().apply(weight()));
    expect(relativeError(retracted.wasm, retracted.cpu)).toBeLessThan(1e-5);
    const dependent = await onBoth(async () =>
      tf.scalar(await orthonormalityError(orthonormalConstraint().apply(tf.ones([3, 12])))),
    );
    expect(dependent.wasm[0]).toBeLessThan(2e-6);
  });

  it('on initial weights and principal subspaces, bit for bit', async () => {
    for (const make of [
      () => orthonormalInitializer({ seed: 1 }).apply([12, rank]),
      () => smoothOrthonormalInitializer({ seed: 1, shape: [2, 3, 2] }).apply([rank, 12]),
      async () => (await principalSubspace(tf.tensor2d(basis, [6, 6]), 2)).basis,
    ]) {
      const weights = await onBoth(make);
      expect(weights.wasm).toEqual(weights.cpu);
    }
  });

  it('and reads back what a layer spans', async () => {
    const spans = await onBoth(() => subspaceOf(layerOf({ gramSchmidt: true })).basis);
    expect(relativeError(spans.wasm, spans.cpu)).toBeLessThan(1e-5);
  });
});
