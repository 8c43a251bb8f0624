import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamW,
  clipped,
  decayed,
  type Optimizer,
  rmsprop,
  sgd,
  tfTrain,
} from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { type Computation, read } from './computation';
import { normals } from './numbers';

const shape = [17, 33];
const learningRate = 0.1;

/** Made when they are needed: one of tf.train makes tensors on the backend of then. */
const optimizers: Readonly<Record<string, () => Optimizer>> = {
  'gradient descent': () => sgd({ learningRate }),
  'Nesterov’s momentum': () => sgd({ learningRate, momentum: 0.9, nesterov: true }),
  'centred rmsprop': () => rmsprop({ learningRate, momentum: 0.5, epsilon: 1e-3, centered: true }),
  adam: () => adam({ learningRate }),
  adamW: () => adamW({ learningRate }),
  adamax: () => adamax({ learningRate }),
  adagrad: () => adagrad({ learningRate }),
  adadelta: () => adadelta({ learningRate }),
  'one of tf.train': () => tfTrain(() => tf.train.momentum(learningRate, 0.9)),
  'gradients clipped by value': () => clipped(sgd({ learningRate }), { value: 0.5 }),
  'decayed gradients clipped by their norm': () =>
    decayed(clipped(sgd({ learningRate }), { globalNorm: 1 }), { kernels: 0.1 }),
};

/** Three updates of a weight by each optimizer: the weight and all that is kept for it. */
export const optimizerUpdates: readonly Computation[] = Object.entries(optimizers).map(([name, make]) => ({
  name: `three updates by ${name}`,
  compute: async () => {
    const variable = tf.tidy(() => tf.variable(normals(`${name}/weight`, shape)));
    const state = make().create();
    const role = 'dense/kernel';
    for (const update of [0, 1, 2]) {
      tf.tidy(() =>
        state.apply([{ role, variable, gradient: normals(`${name}/gradient ${update}`, shape) }]),
      );
    }
    const result = await read(() => {
      const kept = [...state.slots].map(([slot, byRole]) => [slot, byRole.get(role)] as const);
      const tensors = [...kept, ['weight', variable] as const].flatMap(([key, tensor]) =>
        tensor === undefined ? [] : [[key, tf.clone<tf.Tensor>(tensor)] as const],
      );
      return Object.fromEntries(tensors);
    });
    state.dispose();
    variable.dispose();
    return result;
  },
}));
