import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  coordinates,
  importanceSpectrum,
  orthonormalConstraint,
  orthonormalityError,
  principalSubspace,
  setSubspace,
  subspaceOf,
} from './index';
import { builtLayer } from './testing/built-layer';
import { relativeError } from './testing/reference';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const normal = (shape: number[], seed = 1) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('setSubspace', () => {
  it('makes the layer span the subspace, which subspaceOf reads back', async () => {
    for (const args of [{}, { gramSchmidt: true }, { basisConstraint: orthonormalConstraint() }]) {
      const layer = builtLayer(args);
      const subspace = await principalSubspace(normal([30, 2, 5]), 3);
      setSubspace(layer, subspace);
      const read = subspaceOf(layer);
      for (const name of ['basis', 'importance', 'origin'] as const) {
        expect(relativeError(read[name].dataSync(), subspace[name].dataSync())).toBeLessThan(1e-6);
      }
    }
  });

  it('lets a linear generator reproduce data of that rank', async () => {
    const data = tf.matMul(normal([20, 3]), normal([3, 10], 2));
    const layer = builtLayer({ shape: [10] });
    setSubspace(layer, await principalSubspace(data, 3));
    const again = layer.call(coordinates(layer, data), {});
    expect(relativeError(again.dataSync(), data.dataSync())).toBeLessThan(1e-5);
  });

  it('refuses a subspace of another size', async () => {
    const subspace = await principalSubspace(normal([30, 10]), 2);
    expect(() => setSubspace(builtLayer({ name: 's' }), subspace)).toThrow(
      'setSubspace: basis: must be [3, 10] for s, got [2, 10]',
    );
  });

  it('and what else takes a layer refuse a model and other layers', async () => {
    const model = JSON.parse('{ "name": "generator" }');
    const rule = /layer: must be a SubspaceLayer, e.g. model.getLayer\(name\), got "generator"/;
    const subspace = await principalSubspace(normal([30, 10]), 2);
    expect(() => setSubspace(model, subspace)).toThrow(rule);
    expect(() => subspaceOf(model)).toThrow(rule);
    expect(() => coordinates(model, normal([1, 10]))).toThrow(rule);
    await expect(importanceSpectrum(model)).rejects.toThrow(rule);
    await expect(orthonormalityError(model)).rejects.toThrow('orthonormalityError: must be a SubspaceLayer');
  });

  it('and the rest of this file leave no tensor behind', async () => {
    const layer = builtLayer({ basisConstraint: orthonormalConstraint() });
    const data = normal([6, 2, 5]);
    const before = tf.memory().numTensors;
    const subspace = await principalSubspace(data, 3);
    expect(tf.memory().numTensors).toBe(before + 3);
    setSubspace(layer, subspace);
    const read = subspaceOf(layer);
    const z = coordinates(layer, data);
    expect(tf.memory().numTensors).toBe(before + 7);
    await importanceSpectrum(layer);
    await orthonormalityError(layer);
    tf.dispose([{ ...subspace }, { ...read }, z]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
