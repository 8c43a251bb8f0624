import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createDiscriminator, type DiscriminatorOptions, readWeightsByRole, weightsByRole } from './index';

const small = { size: 16, width: 0.0625 } as const;

test.each([
  [{}, [16, 16, 3]],
  [{ channels: 1 }, [16, 16, 1]],
  [{ channels: 4 }, [16, 16, 4]],
  [{ size: [12, 20], base: [3, 5] }, [12, 20, 3]],
] as [Partial<DiscriminatorOptions>, number[]][])('%j gives one logit for an image %j', (options, shape) => {
  const model = createDiscriminator({ ...small, ...options });
  expect(model.inputs[0]?.shape).toEqual([null, ...shape]);
  const logits = model.predict(tf.randomUniform([2, ...shape], -1, 1, 'float32', 3));
  expect(logits instanceof tf.Tensor && logits.shape).toEqual([2, 1]);
});

test('its layers are named by what they do', () => {
  const model = createDiscriminator(small);
  const layers = [...weightsByRole(model).keys()].filter((role) => role.endsWith('/kernel'));
  expect(layers.map((role) => role.replace('/kernel', ''))).toEqual([
    'input',
    'down_0/same',
    'down_0/down',
    'down_1/same',
    'down_1/down',
    'final',
    'dense',
    'logit',
  ]);
});

test('it is made of stock layers only', () => {
  const classes = createDiscriminator(small).layers.map((layer) => layer.getClassName());
  expect([...new Set(classes)].sort()).toEqual(['Conv2D', 'Dense', 'Flatten', 'InputLayer', 'LeakyReLU']);
});

test('the dense layer is as wide as asked, at most maxWidth', () => {
  const units = (options: Partial<DiscriminatorOptions>) =>
    weightsByRole(createDiscriminator({ ...small, ...options })).get('dense/bias')?.shape;
  expect(units({ denseWidth: 7 })).toEqual([7]);
  expect(units({ denseWidth: 70, maxWidth: 16 })).toEqual([16]);
  expect(units({ maxWidth: 16 })).toEqual([16]);
});

test('the same seed gives the same weights, and layers of one shape differ', async () => {
  const weights = async (seed: number) =>
    readWeightsByRole(createDiscriminator({ ...small, maxWidth: 8, seed }));
  const [one, again, other] = [await weights(1), await weights(1), await weights(2)];
  expect(again).toEqual(one);
  expect(other['input/kernel']).not.toEqual(one['input/kernel']);
  expect(one['final/kernel']?.shape).toEqual(one['down_1/same/kernel']?.shape);
  expect(one['final/kernel']).not.toEqual(one['down_1/same/kernel']);
});

test('disposing of it leaves no tensor', () => {
  const before = tf.memory().numTensors;
  createDiscriminator(small).dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  [{ size: 20 }, 'discriminator: size must be base * 2^n with base 4, e.g. 16 or 32, got 20'],
  [JSON.parse('{ "denseWith": 8 }'), 'discriminator: must have no options but size'],
  [{ channels: 5 }, 'discriminator: channels: must be 1 (grey), 3 (RGB) or 4 (RGBA), got 5'],
  [{ width: 0 }, 'discriminator: width: must be a finite number above 0, got 0'],
  [{ maxWidth: 0.5 }, 'discriminator: maxWidth: must be an integer of at least 1, got 0.5'],
  [{ denseWidth: 0 }, 'discriminator: denseWidth: must be an integer of at least 1, got 0'],
  [{ seed: -1 }, 'discriminator: seed: must be an integer of at least 0, got -1'],
])('%j is refused', (options, message) => {
  expect(() => createDiscriminator({ ...small, ...options })).toThrow(message);
});
