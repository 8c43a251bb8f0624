import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/** Standard normal numbers on the current backend, the same for the same name. The caller disposes of it. */
export function normals(name: string, shape: readonly number[]): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(fillNormal(seededStream(0, name), new Float32Array(size)), [...shape], 'float32');
}
