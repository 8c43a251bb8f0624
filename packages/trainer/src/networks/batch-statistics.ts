import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeight } from './network-weights';

/**
 * Runs `compute` and puts back every given weight that it moved: in training mode a batch normalisation
 * writes its moving statistics during the forward pass. Costs a reference a weight, no copy.
 */
export function keepingWeights<T>(weights: readonly NetworkWeight[], compute: () => T): T {
  const before = weights.map(({ variable }) => ({ variable, value: tf.keep(tf.clone<tf.Tensor>(variable)) }));
  try {
    return compute();
  } finally {
    for (const { variable, value } of before) {
      if (variable.dataId !== value.dataId) variable.assign(value);
      value.dispose();
    }
  }
}
