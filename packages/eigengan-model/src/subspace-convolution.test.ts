import '@tensorflow/tfjs-backend-cpu';
import { fillNormal, seededStream } from '@eigengan/core';
import { SubspaceLayer } from '@eigengan/subspace-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { SubspaceConvolution, weightsByRole } from './index';
import { connect } from './layer-types';
import { relativeError } from './testing/cases';

const stream = seededStream(1, 'test');
const normal = (shape: number[]) =>
  tf.tensor(fillNormal(stream, new Float32Array(tf.util.sizeFromShape(shape))), shape);

/** z -> images of a rank 3 subspace -> convolution, with every weight away from its initial value. */
function subspaceModel(kernelSize: number, strides: number) {
  const z = tfl.input({ shape: [3], name: 'z' });
  const images = connect(new SubspaceLayer({ name: 'subspace', shape: [3, 5, 2], output: 'images' }), z);
  const convolution = new SubspaceConvolution({ name: 'phi', filters: 4, kernelSize, strides });
  const model = tfl.model({ inputs: z, outputs: connect(convolution, [z, images]) });
  const weights = weightsByRole(model);
  for (const variable of weights.values()) variable.assign(normal(variable.shape));
  return { model, weights };
}

function run(model: tfl.LayersModel, z: tf.Tensor): tf.Tensor {
  const output = model.apply(z);
  if (output instanceof tf.Tensor) return output;
  throw new Error('expected one tensor');
}

test.each([
  [1, 1],
  [3, 1],
  [3, 2],
])(
  'kernel %i, stride %i is the convolution of U diag(L) z + mu, folded and not',
  async (kernelSize, strides) => {
    const { model, weights } = subspaceModel(kernelSize, strides);
    const weight = (role: string) => weights.get(role) ?? tf.scalar(Number.NaN);
    // Ten samples exceed rank + 1 = 4 and are folded; two are not.
    for (const batch of [2, 10]) {
      const z = normal([batch, 3]);
      const phi = tf.add(
        tf.matMul(tf.mul(z, weight('subspace/importance')), weight('subspace/basis')),
        weight('subspace/origin'),
      );
      const expected = tf.add(
        tf.conv2dTranspose(
          tf.reshape<tf.Rank.R4>(phi, [batch, 3, 5, 2]),
          tf.reshape<tf.Rank.R4>(weight('phi/kernel'), [kernelSize, kernelSize, 4, 2]),
          [batch, 3 * strides, 5 * strides, 4],
          strides,
          'same',
        ),
        weight('phi/bias'),
      );
      const output = run(model, z);
      expect(output.shape).toEqual(expected.shape);
      expect(relativeError(await output.data(), await expected.data())).toBeLessThan(1e-6);
    }
  },
);

test('folding changes no gradient: a batch of ten against five of two', async () => {
  const { model, weights } = subspaceModel(3, 2);
  const z = normal([10, 3]);
  const target = normal([10, 6, 10, 4]);
  const variables = [...weights.values()];
  const loss = (from: number, count: number) =>
    tf.sum<tf.Scalar>(
      tf.square(
        tf.sub(
          run(model, tf.slice(z, [from, 0], [count, 3])),
          tf.slice(target, [from, 0, 0, 0], [count, 6, 10, 4]),
        ),
      ),
    );
  const folded = tf.variableGrads(() => loss(0, 10), variables).grads;
  const direct = tf.variableGrads(
    () => tf.sum<tf.Scalar>(tf.stack([0, 2, 4, 6, 8].map((from) => loss(from, 2)))),
    variables,
  ).grads;
  expect(Object.keys(direct)).toHaveLength(5);
  for (const [name, gradient] of Object.entries(direct)) {
    const other = folded[name];
    expect(relativeError(await (other ?? gradient).data(), await gradient.data()), name).toBeLessThan(1e-5);
    expect(other, name).toBeDefined();
  }
});

test('it survives a round trip through its configuration', () => {
  const layer = new SubspaceConvolution({
    name: 'phi',
    filters: 4,
    kernelSize: 3,
    strides: 2,
    kernelInitializer: tfl.initializers.randomNormal({ mean: 0, stddev: 0.5, seed: 7 }),
  });
  const [cls, fromConfig] = tf.serialization.SerializationMap.getMap().classNameMap[
    'eigengan/eigengan-model/SubspaceConvolution'
  ] ?? [undefined, undefined];
  if (cls === undefined || fromConfig === undefined) throw new Error('not registered');
  expect(layer.getClassName()).toBe('eigengan/eigengan-model/SubspaceConvolution');
  expect(fromConfig(cls, JSON.parse(JSON.stringify(layer.getConfig()))).getConfig()).toEqual(
    layer.getConfig(),
  );
});

test('one call leaves its output and nothing else', () => {
  const { model } = subspaceModel(3, 2);
  for (const batch of [1, 10]) {
    const z = normal([batch, 3]);
    const before = tf.memory().numTensors;
    run(model, z).dispose();
    expect(tf.memory().numTensors).toBe(before);
  }
});

test('it refuses what cannot be convolved', () => {
  expect(() => new SubspaceConvolution({ filters: 0, kernelSize: 3 })).toThrow(
    'SubspaceConvolution: filters: must be an integer of at least 1, got 0',
  );
  const kernelInitializer = JSON.parse('"zeros"');
  expect(() => new SubspaceConvolution({ filters: 1, kernelSize: 3, kernelInitializer })).toThrow(
    'SubspaceConvolution: kernelInitializer: must be an initializer, or { className, config } of a registered one, got "zeros"',
  );
  expect(() =>
    new SubspaceConvolution({ filters: 1, kernelSize: 3 }).apply(tfl.input({ shape: [3] })),
  ).toThrow('inputs must be z [batch, rank] and images [rank + 1, h, w, c]');
});
