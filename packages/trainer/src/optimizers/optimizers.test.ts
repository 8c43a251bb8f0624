import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, expect, test } from 'vitest';
import { adadelta, adagrad, adam, adamax, adamW, type Optimizer, rmsprop, sgd } from '../index';
import { expectSamePlace, followed, followedByFormula, followedByStock } from '../testing/optimizer-runs';

beforeAll(() => tf.setBackend('cpu'));

test.each<[string, Optimizer, () => tf.Optimizer]>([
  ['sgd', sgd({ learningRate: 1e-2 }), () => tf.train.sgd(1e-2)],
  ['momentum', sgd({ learningRate: 1e-2, momentum: 0.9 }), () => tf.train.momentum(1e-2, 0.9)],
  [
    'Nesterov’s momentum',
    sgd({ learningRate: 1e-2, momentum: 0.9, nesterov: true }),
    () => tf.train.momentum(1e-2, 0.9, true),
  ],
  ['rmsprop', rmsprop({ learningRate: 1e-2 }), () => tf.train.rmsprop(1e-2)],
  [
    'rmsprop with momentum',
    rmsprop({ learningRate: 1e-3, decay: 0.8, momentum: 0.9, epsilon: 1e-4 }),
    () => tf.train.rmsprop(1e-3, 0.8, 0.9, 1e-4),
  ],
  ['adam', adam({ learningRate: 1e-2, beta1: 0.9 }), () => tf.train.adam(1e-2, 0.9, 0.999, 1e-8)],
  ['adamax', adamax({ learningRate: 1e-2 }), () => tf.train.adamax(1e-2)],
  [
    'adamax, other settings',
    adamax({ beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }),
    () => tf.train.adamax(2e-3, 0.5, 0.9, 1e-3),
  ],
  ['adagrad', adagrad({ learningRate: 0.1 }), () => tf.train.adagrad(0.1)],
  ['adagrad from 1', adagrad({ learningRate: 0.1, initialAccumulator: 1 }), () => tf.train.adagrad(0.1, 1)],
])('%s agrees with tf.train over a hundred updates', async (_, ours, stock) => {
  expectSamePlace(await followed(ours), await followedByStock(stock()));
});

/** RMSProp's formula; tf.train has epsilon with a minus. */
const centred = (sign: 1 | -1) =>
  followedByFormula(() => {
    let [square, mean, step] = [0, 0, 0];
    return (weight, g) => {
      square = 0.9 * square + 0.1 * g * g;
      mean = 0.9 * mean + 0.1 * g;
      step = 0.5 * step + (1e-2 * g) / Math.sqrt(square - mean * mean + sign * 1e-4);
      return weight - step;
    };
  });

test('centred rmsprop adds the epsilon that tf.train subtracts', async () => {
  const options = { learningRate: 1e-2, momentum: 0.5, epsilon: 1e-4, centered: true };
  expectSamePlace(await followed(rmsprop(options)), centred(1));
  expectSamePlace(await followedByStock(tf.train.rmsprop(1e-2, 0.9, 0.5, 1e-4, true)), centred(-1));
});

test('centred rmsprop bears a gradient of zero, and one that never changes', async () => {
  const variable = tf.variable(tf.tensor1d([1, 1]));
  const state = rmsprop({ learningRate: 1e-2, decay: 0.5, centered: true }).create();
  for (let i = 0; i < 200; i++) state.apply([{ role: 'w', variable, gradient: tf.tensor1d([0, 300.1]) }]);
  const [still, moved = Number.NaN] = await variable.data();
  expect(still).toBe(1);
  expect(moved).toBeLessThan(1);
});

/** AdaDelta's formula; tf.train takes the average before the gradient of now is in it. */
const zeiler = (average: 'new' | 'old') =>
  followedByFormula(() => {
    let [square, step] = [0, 0];
    return (weight, g) => {
      const old = square;
      square = 0.9 * square + 0.1 * g * g;
      const change = (g * Math.sqrt(step + 1e-4)) / Math.sqrt((average === 'new' ? square : old) + 1e-4);
      step = 0.9 * step + 0.1 * change * change;
      return weight - 0.1 * change;
    };
  });

test('adadelta divides by the average with this gradient in it, tf.train by the one before', async () => {
  const options = { learningRate: 0.1, rho: 0.9, epsilon: 1e-4 };
  expectSamePlace(await followed(adadelta(options)), zeiler('new'));
  expectSamePlace(await followedByStock(tf.train.adadelta(0.1, 0.9, 1e-4)), zeiler('old'));
});

const decoupled = (weightDecay: number) =>
  followedByFormula(() => {
    let [m, v] = [0, 0];
    return (weight, g, t) => {
      m = 0.5 * m + 0.5 * g;
      v = 0.999 * v + 0.001 * g * g;
      const rate = 1e-2 / t;
      const corrected = (rate * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.5 ** t);
      return (1 - rate * weightDecay) * weight - (corrected * m) / (Math.sqrt(v) + 1e-8);
    };
  });

test('adamW takes rate times decay off kernels, beside the moments, and off nothing else', async () => {
  const optimizer = adamW({ learningRate: (update) => 1e-2 / (update + 1), weightDecay: 0.3 });
  expectSamePlace(await followed(optimizer, 'dense/kernel'), decoupled(0.3));
  expectSamePlace(await followed(optimizer, 'separable/depthwise_kernel'), decoupled(0.3));
  expectSamePlace(await followed(optimizer, 'dense/bias'), decoupled(0));
  expectSamePlace(await followed(optimizer, 'block_0/basis'), decoupled(0));
});

const everyOne = [
  sgd({ learningRate: 0.1 }),
  sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
  rmsprop({ learningRate: 0.1, momentum: 0.9, centered: true }),
  adam(),
  adamW(),
  adamax(),
  adagrad({ learningRate: 0.1 }),
  adadelta(),
].map((optimizer) => [optimizer.kind, optimizer] as const);

test.each(everyOne)(
  '%s keeps its slots by role, makes no other tensors, and forgets',
  async (_, optimizer) => {
    const before = tf.memory().numTensors;
    const [gradient, other] = [tf.tensor1d([0.5, -1]), tf.tensor1d([3, 0.1])];
    const [a, b] = [tf.variable(gradient), tf.variable(gradient)];
    const state = optimizer.create();
    const names = state.slotNames.length;
    state.prepare([{ role: 'a', variable: a }]);
    expect(tf.memory().numTensors).toBe(before + 4 + names);
    for (const order of [1, -1, 1]) {
      const updates = [
        { role: 'a', variable: a, gradient },
        { role: 'b', variable: b, gradient: other },
      ];
      state.apply(order === 1 ? updates : updates.reverse());
    }
    expect(tf.memory().numTensors).toBe(before + 4 + 2 * names);
    expect(state.numbers.updates).toBe(3);
    state.forget(['b', 'unknown']);
    expect([...state.slots.values()].every((byRole) => byRole.has('a') && !byRole.has('b'))).toBe(true);
    state.dispose();
    tf.dispose([a, b, gradient, other]);
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('bad settings are refused with their name', () => {
  const refused = (make: () => Optimizer, message: string) => expect(make).toThrow(message);
  refused(
    () => sgd({ learningRate: -1 }),
    'sgd: learningRate: must be a finite number of at least 0, got -1',
  );
  refused(() => sgd({ learningRate: 1, nesterov: true }), 'sgd: nesterov: needs a momentum above 0, got 0');
  refused(() => rmsprop({ learningRate: 1, decay: 1 }), 'rmsprop: decay: must be a finite number');
  refused(() => rmsprop({ learningRate: 1, momentum: -1 }), 'rmsprop: momentum');
  refused(
    () => rmsprop({ learningRate: 1, epsilon: 0 }),
    'rmsprop: epsilon: must be a finite number above 0',
  );
  refused(() => adagrad({ learningRate: 1, initialAccumulator: -1 }), 'adagrad: initialAccumulator');
  refused(() => adadelta({ rho: 1 }), 'adadelta: rho');
  refused(() => adamax({ beta2: 2 }), 'adamax: beta2');
  refused(() => adamW({ weightDecay: -1 }), 'adamW: weightDecay');
  refused(() => adamW({ beta1: 1 }), 'adamW: beta1');
});
