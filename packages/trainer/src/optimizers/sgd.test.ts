import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { sgd } from '../index';

beforeAll(() => tf.setBackend('cpu'));

test('plain descent subtracts the gradient times the rate and keeps nothing', async () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const state = sgd({ learningRate: 0.5 }).create();
  state.apply([{ role: 'w', variable, gradient: tf.tensor1d([1, -4]) }]);
  expect([...(await variable.data())]).toEqual([0.5, 4]);
  expect(state.slotNames).toEqual([]);
});

test('momentum accumulates as in TensorFlow, and as in tf.train.momentum', async () => {
  const variable = tf.variable(tf.tensor1d([0]));
  const stocks = tf.variable(tf.tensor1d([0]), true, 'momentum-reference');
  const state = sgd({ learningRate: 1, momentum: 0.5 }).create();
  const stock = tf.train.momentum(1, 0.5);
  for (const gradient of [1, 2, 4]) {
    state.apply([{ role: 'w', variable, gradient: tf.tensor1d([gradient]) }]);
    stock.applyGradients([{ name: 'momentum-reference', tensor: tf.tensor1d([gradient]) }]);
  }
  // a: 1, 2.5, 5.25
  expect([...(await variable.data())]).toEqual([-8.75]);
  expect([...(await stocks.data())]).toEqual([-8.75]);
});
