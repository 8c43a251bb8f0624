import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

const batchSize = 2;

/** Values from -1 to 1 for each input of a model, in a batch of two. */
export function exampleInputs(where: string, model: tfl.LayersModel, sizes?: tfl.Shape): tf.Tensor[] {
  return model.inputs.map(({ shape }) =>
    ramp(
      shape.map((size, axis) => {
        const known = axis === 0 ? batchSize : (size ?? sizes?.[axis]);
        if (known != null) return known;
        throw argumentError(where, 'must have inputs of known size, apart from the batch', shape);
      }),
    ),
  );
}

function ramp(shape: number[]): tf.Tensor {
  return tf.reshape(tf.linspace(-1, 1, tf.util.sizeFromShape(shape)), shape);
}
