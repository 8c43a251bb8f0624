import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { dense, layer, type SecondOrderCase, weighted } from './second-order-maps';

type Activation = Exclude<Parameters<typeof tfl.layers.activation>[0]['activation'], undefined>;
const activation = (name: Activation) =>
  dense(
    `activation ${name}`,
    layer(() => tfl.layers.activation({ activation: name })),
  );

export const activations: readonly SecondOrderCase[] = [
  dense('leakyRelu', (x) => tf.leakyRelu(x, 0.2)),
  dense(
    'layers.leakyReLU',
    layer(() => tfl.layers.leakyReLU({ alpha: 0.3 })),
  ),
  weighted('prelu, also in alpha', [3, 5], [5], (x, w) => tf.square(tf.prelu(x, w))),
  activation('elu'),
  activation('selu'),
  activation('relu'),
  activation('relu6'),
  dense('relu6 of tf', (x) => tf.relu6(tf.add(tf.mul(2, x), 3))),
  activation('sigmoid'),
  activation('hardSigmoid'),
  activation('softplus'),
  activation('softsign'),
  activation('tanh'),
  activation('softmax'),
  dense('logSoftmax', (x) => tf.logSoftmax(x)),
  activation('swish'),
  activation('mish'),
  activation('gelu'),
  activation('gelu_new'),
  dense('clipByValue', (x) => tf.clipByValue(x, -0.8, 0.5)),
];
