import '@tensorflow/tfjs-backend-cpu';
import { ArgumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  combineImages,
  orthonormalConstraint,
  orthonormalInitializer,
  orthonormalityError,
  orthonormalityRegularizer,
  SubspaceLayer,
  type SubspaceLayerArgs,
  subspaceLayer,
} from './index';
import { inRows, referenceFeatures, referenceGramSchmidt, relativeError } from './testing/reference';

const shape = [2, 3, 2];
const units = 12;
const rank = 3;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A layer with weights of no special form, and those weights as arrays. */
function arbitraryLayer(args: Partial<SubspaceLayerArgs> = {}) {
  const layer = subspaceLayer({ shape, basisInitializer: orthonormalInitializer({ seed: 1 }), ...args });
  layer.build([null, rank]);
  const basis = tf.randomNormal([rank, units], 0, 0.4, 'float32', 2);
  const importance = tf.tensor1d([2, -1.5, 0.5]);
  const origin = tf.randomNormal([units], 0, 1, 'float32', 3);
  layer.basis.write(basis);
  layer.importance.write(importance);
  layer.origin.write(origin);
  const reference = {
    basis: inRows([...basis.dataSync()], units),
    importance: [...importance.dataSync()],
    origin: [...origin.dataSync()],
  };
  return { layer, reference };
}

const z = () => tf.randomNormal([4, rank], 0, 1, 'float32', 4);
const rowsOf = (tensor: tf.Tensor) => inRows([...tensor.dataSync()], tensor.shape[1] ?? 1);
const features = (layer: tfl.layers.Layer, input: tf.Tensor): tf.Tensor => {
  const output = layer.apply(input);
  if (!(output instanceof tf.Tensor)) throw new Error('expected one tensor');
  return output;
};

describe('features', () => {
  it('are sum_j u_j L_j z_j + mu', () => {
    const { layer, reference } = arbitraryLayer();
    const input = z();
    const output = features(layer, input);
    expect(output.shape).toEqual([4, ...shape]);
    const expected = referenceFeatures(reference, rowsOf(input)).flat();
    expect(relativeError(output.dataSync(), expected)).toBeLessThan(1e-6);
  });

  it('are those of the orthonormalised basis in Gram-Schmidt mode', () => {
    const { layer, reference } = arbitraryLayer({ gramSchmidt: true });
    const input = z();
    const basis = referenceGramSchmidt(reference.basis);
    const expected = referenceFeatures({ ...reference, basis }, rowsOf(input)).flat();
    expect(relativeError(features(layer, input).dataSync(), expected)).toBeLessThan(1e-6);
    expect(relativeError(layer.effectiveBasis().dataSync(), basis.flat())).toBeLessThan(1e-6);
  });

  it('of an empty batch are empty', () => {
    const { layer } = arbitraryLayer();
    expect(features(layer, tf.zeros([0, rank])).shape).toEqual([0, ...shape]);
  });
});

describe('images', () => {
  for (const gramSchmidt of [false, true]) {
    it(`combine to the same features (Gram-Schmidt ${gramSchmidt})`, () => {
      const { layer } = arbitraryLayer({ gramSchmidt });
      const { layer: folded } = arbitraryLayer({ gramSchmidt, output: 'images' });
      const input = z();
      const images = features(folded, input);
      expect(images.shape).toEqual([rank + 1, ...shape]);
      expect(
        relativeError(combineImages(input, images).dataSync(), features(layer, input).dataSync()),
      ).toBeLessThan(1e-6);
    });
  }

  it('are the same whatever the values and the batch of z', () => {
    const { layer } = arbitraryLayer({ output: 'images' });
    const one = features(layer, tf.zeros([1, rank])).dataSync();
    expect(features(layer, tf.ones([7, rank])).dataSync()).toEqual(one);
  });

  it('have rank + 1 as the batch of their symbolic shape', () => {
    const layer = subspaceLayer({ shape, output: 'images' });
    expect(layer.computeOutputShape([null, 3])).toEqual([4, 2, 3, 2]);
    expect(subspaceLayer({ shape }).computeOutputShape([[null, 3]])).toEqual([null, 2, 3, 2]);
  });
});

describe('a new layer', () => {
  it('has roles, an orthonormal basis, importance 3q, ..., 3 and origin 0', async () => {
    const layer = subspaceLayer({ shape, name: 'block_7' });
    layer.apply(tfl.input({ shape: [3] }));
    expect(layer.weights.map((weight) => [weight.originalName, weight.shape])).toEqual([
      ['block_7/basis', [3, units]],
      ['block_7/importance', [3]],
      ['block_7/origin', [units]],
    ]);
    expect(await orthonormalityError(layer)).toBeLessThan(1e-6);
    expect([...layer.importance.read().dataSync()]).toEqual([9, 6, 3]);
    expect(
      layer.origin
        .read()
        .dataSync()
        .every((value) => value === 0),
    ).toBe(true);
    expect(layer.trainableWeights).toHaveLength(3);
  });

  it('starts from given importance and initialisers, also named ones', () => {
    const layer = subspaceLayer({
      shape,
      importance: [1, -2],
      basisInitializer: 'ones',
      originInitializer: tfl.initializers.constant({ value: 5 }),
    });
    layer.build([null, 2]);
    expect([...layer.importance.read().dataSync()]).toEqual([1, -2]);
    expect(
      layer.basis
        .read()
        .dataSync()
        .every((value) => value === 1),
    ).toBe(true);
    expect(
      layer.origin
        .read()
        .dataSync()
        .every((value) => value === 5),
    ).toBe(true);
  });

  it('has a regularisation loss unless something else keeps the basis orthonormal', () => {
    const losses = (args: Partial<SubspaceLayerArgs>) => arbitraryLayer(args).layer.calculateLosses().length;
    expect(losses({})).toBe(1);
    expect(losses({ basisRegularizer: null })).toBe(0);
    expect(losses({ gramSchmidt: true })).toBe(0);
    expect(losses({ basisConstraint: orthonormalConstraint() })).toBe(0);
    expect(losses({ gramSchmidt: true, basisRegularizer: orthonormalityRegularizer() })).toBe(1);
    expect(losses({ basisRegularizer: tfl.regularizers.l2({ l2: 1 }) })).toBe(1);
  });

  it('differs from the next one without a seed and repeats with one', () => {
    const start = (seed?: number) => {
      const layer = subspaceLayer({ shape, basisInitializer: orthonormalInitializer({ seed }) });
      layer.build([null, 2]);
      return layer.basis.read().dataSync();
    };
    expect(start(5)).toEqual(start(5));
    expect(start()).not.toEqual(start());
  });
});

describe('memory', () => {
  for (const args of [
    {},
    { gramSchmidt: true },
    { output: 'images' },
  ] satisfies Partial<SubspaceLayerArgs>[]) {
    it(`grows by one tensor a call and by three weights in all (${JSON.stringify(args)})`, () => {
      const input = z();
      const before = tf.memory().numTensors;
      const layer = subspaceLayer({ shape, ...args });
      layer.apply(tfl.input({ shape: [rank] }));
      expect(tf.memory().numTensors).toBe(before + 3);
      const output = features(layer, input);
      expect(tf.memory().numTensors).toBe(before + 4);
      const basis = layer.effectiveBasis();
      expect(tf.memory().numTensors).toBe(before + 5);
      tf.dispose([output, basis]);
      layer.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  }
});

describe('refuses', () => {
  const built = (args: SubspaceLayerArgs, width: number) => () => subspaceLayer(args).build([null, width]);

  it('a rank of 0 or above the units, with the numbers', () => {
    expect(built({ shape: [2, 2], name: 'a' }, 5)).toThrow(
      'SubspaceLayer a: rank: at most 4 vectors of shape [2, 2] can be orthonormal, got 5',
    );
    expect(built({ shape: [2, 2] }, 0)).toThrow(/rank: must be an integer of at least 1, got 0/);
    expect(() => subspaceLayer({ shape: [2, 2], rank: 5 })).toThrow(ArgumentError);
    expect(() => subspaceLayer({ shape: [2, 2], rank: 1.5 })).toThrow(ArgumentError);
  });

  it('a wrong input width, when built, applied and asked for its shape', () => {
    expect(built({ shape, rank: 3, name: 'b' }, 2)).toThrow(
      'SubspaceLayer b: input: must be as wide as the rank, 3, got 2',
    );
    const layer = subspaceLayer({ shape });
    layer.build([null, 3]);
    expect(() => layer.apply(tf.zeros([1, 4]))).toThrow(/must be as wide as the rank, 3, got 4/);
    expect(() => layer.computeOutputShape([null, 4])).toThrow(ArgumentError);
  });

  it('an input that is not [batch, rank] or more than one', () => {
    expect(() => subspaceLayer({ shape }).apply(tfl.input({ shape: [2, 3] }))).toThrow(
      /must be one tensor \[batch, rank\]/,
    );
    expect(() => subspaceLayer({ shape }).apply([tf.zeros([1, 3]), tf.zeros([1, 3])])).toThrow(ArgumentError);
  });

  it('invalid options', () => {
    expect(() => subspaceLayer({ shape: [] })).toThrow(/shape: must be an array of at least one size/);
    expect(() => subspaceLayer({ shape: [2, 0] })).toThrow(
      /shape\[1\]: must be an integer of at least 1, got 0/,
    );
    expect(built({ shape, importance: [1, 2] }, 3)).toThrow(/as many values as the rank, 3, got \[1, 2\]/);
    expect(() => subspaceLayer({ shape, importance: [1, Number.NaN] })).toThrow(/importance\[1\]/);
    const three = JSON.parse('3');
    expect(() => subspaceLayer({ shape, importance: three })).toThrow(
      /importance: must be an array of numbers, got 3/,
    );
    expect(() => subspaceLayer({ shape, basisConstraint: 'orthonormol' })).toThrow(
      /basisConstraint: must be one that tf.layers knows, got "orthonormol"/,
    );
    const wrong = JSON.parse('"image"');
    expect(() => subspaceLayer({ shape, output: wrong })).toThrow(/Did you mean "images"/);
  });

  it('to show weights it does not have yet', () => {
    expect(() => subspaceLayer({ shape }).basis).toThrow(/not built yet/);
  });
});

it('names itself without slashes, each layer differently', () => {
  expect(subspaceLayer({ shape }).name).toMatch(/^subspace_layer_\d+$/);
  expect(subspaceLayer({ shape }).name).not.toBe(subspaceLayer({ shape }).name);
  expect(subspaceLayer({ shape, name: 'x' }).name).toBe('x');
});

it('carries its literal class name', () => {
  expect(SubspaceLayer.className).toBe('eigengan/subspace-layer/SubspaceLayer');
  expect(subspaceLayer({ shape }).getClassName()).toBe('eigengan/subspace-layer/SubspaceLayer');
});
