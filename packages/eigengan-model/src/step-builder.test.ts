import '@tensorflow/tfjs-backend-cpu';
import { fillNormal, seededStream } from '@eigengan/core';
import { SubspaceLayer } from '@eigengan/subspace-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { ConstantFeatures, GeneratorRenderer, SubspaceConvolution } from './index';
import { connect } from './layer-types';

const stream = seededStream(5, 'test');
const normal = (shape: number[]) =>
  tf.tensor(fillNormal(stream, new Float32Array(tf.util.sizeFromShape(shape)), { stddev: 0.5 }), shape);

type Join = (h: tfl.SymbolicTensor, phi: tfl.SymbolicTensor, noise: tfl.SymbolicTensor) => tfl.SymbolicTensor;

const sum = (...terms: tfl.SymbolicTensor[]) => connect(tfl.layers.add(), terms);
const up = (args: object) => (h: tfl.SymbolicTensor) =>
  connect(tfl.layers.conv2dTranspose({ filters: 2, kernelSize: 3, padding: 'same', ...args }), h);
const dense = (args: object) => (noise: tfl.SymbolicTensor) =>
  connect(
    tfl.layers.reshape({ targetShape: [6, 6, 2] }),
    connect(tfl.layers.dense({ units: 72, ...args }), noise),
  );
const constant = (noise: tfl.SymbolicTensor) => connect(new ConstantFeatures({ shape: [6, 6, 2] }), noise);

const joins: Record<string, Join> = {
  'a transposed convolution': (h, phi) => sum(up({})(h), phi),
  'one the other way round': (h, phi) => sum(phi, up({})(h)),
  'one without a bias': (h, phi) => sum(up({ useBias: false })(h), phi),
  'one with an activation': (h, phi) => sum(up({ activation: 'tanh' })(h), phi),
  'one with other padding': (h, phi) => sum(up({ padding: 'valid', kernelSize: 1 })(h), phi),
  'one that something else takes too': (h, phi) => {
    const features = up({})(h);
    return sum(sum(features, phi), features);
  },
  'a convolution': (h, phi) =>
    sum(connect(tfl.layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same' }), h), phi),
  'a reshaped one': (h, phi) => sum(connect(tfl.layers.reshape({ targetShape: [6, 6, 2] }), up({})(h)), phi),
  'a dense layer': (_, phi, noise) => sum(dense({})(noise), phi),
  'one without a bias ': (_, phi, noise) => sum(dense({ useBias: false })(noise), phi),
  'one with an activation ': (_, phi, noise) => sum(dense({ activation: 'relu' })(noise), phi),
  'constant features': (_, phi, noise) => sum(constant(noise), phi),
  'convolved constant features': (_, phi, noise) => sum(up({})(constant(noise)), phi),
  'three terms': (h, phi, noise) => sum(dense({})(noise), up({})(h), phi),
  'what is convolved after': (h, phi) => up({})(sum(h, phi)),
  'what an even kernel convolves after': (h, phi) => up({ kernelSize: 2 })(sum(h, phi)),
  'what is convolved without padding after': (h, phi) => up({ padding: 'valid' })(sum(h, phi)),
  'what is made larger after': (h, phi) => up({ strides: 2 })(sum(h, phi)),
  'what is convolved with an activation after': (h, phi) => up({ activation: 'tanh' })(sum(h, phi)),
  'what is convolved without a bias after': (h, phi) => up({ useBias: false })(sum(h, phi)),
  'twice the same features': (_, phi) => sum(phi, phi),
};

test.each(Object.keys(joins))('a subspace joins %s', async (name) => {
  const noise = tfl.input({ shape: [4], name: 'noise' });
  const z = tfl.input({ shape: [3], name: 'z_0' });
  const images = connect(new SubspaceLayer({ name: 'block_0', shape: [6, 6, 2], output: 'images' }), z);
  const phi = connect(new SubspaceConvolution({ name: 'phi', filters: 2, kernelSize: 3 }), [z, images]);
  const outputs = joins[name]?.(dense({})(noise), phi, noise) ?? phi;
  const model = tfl.model({ inputs: [noise, z], outputs });
  const renderer = new GeneratorRenderer(model);
  // Every weight is another in the second turn.
  for (let turn = 0; turn < 2; turn++) {
    for (const weight of model.weights) weight.write(normal(weight.shape.map(Number)));
    for (const rows of [1, 6]) {
      const latents = [normal([rows, 4]), normal([rows, 3])];
      const expected = [model.predict(latents)].flat()[0] ?? tf.scalar(Number.NaN);
      const shown = renderer.render(latents);
      expect(shown.shape).toEqual(expected.shape);
      expect(await tf.max(tf.abs(tf.sub(shown, expected))).array()).toBeLessThan(5e-5);
    }
  }
  renderer.dispose();
});
