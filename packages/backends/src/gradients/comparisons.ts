import * as tf from '@tensorflow/tfjs-core';
import { only, zerosOf } from './tensors';

/**
 * Piecewise constant, so their gradient is zero wherever it exists. Stock gives them none, and with it
 * refuses the second order of whatever asks them for a mask: maximum, minimum, max, min, clipByValue,
 * relu6, where.
 */
const ofTwo = [
  tf.Equal,
  tf.NotEqual,
  tf.Greater,
  tf.GreaterEqual,
  tf.Less,
  tf.LessEqual,
  tf.LogicalAnd,
  tf.LogicalOr,
];

export const comparisons: readonly tf.GradConfig[] = [
  ...ofTwo.map(
    (kernelName): tf.GradConfig => ({
      kernelName,
      inputsToSave: ['a', 'b'],
      gradFunc: (_, [a, b]) => ({ a: () => zerosOf(only(a)), b: () => zerosOf(only(b)) }),
    }),
  ),
  {
    kernelName: tf.LogicalNot,
    gradFunc: (dy) => ({ x: () => zerosOf(only(dy)) }),
  },
];
