import * as tf from '@tensorflow/tfjs-core';
import { InitializerBase } from './layers-bases';

/** Starts a vector at given values. Never saved: a layer that uses it saves the values. */
export class GivenValues extends InitializerBase {
  static readonly className = 'eigengan/subspace-layer/GivenValues';

  constructor(private readonly values: readonly number[]) {
    super();
  }

  override apply(): tf.Tensor {
    return tf.tensor1d([...this.values], 'float32');
  }
}
