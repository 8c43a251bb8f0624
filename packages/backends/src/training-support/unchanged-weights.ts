import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** Runs `compute` and puts every weight of the models back: in training mode batch statistics move. */
export function keepingWeights<T>(models: readonly tfl.LayersModel[], compute: () => T): T {
  const variables = models
    .flatMap(({ weights }) => weights.map((weight) => weight.read()))
    .filter(isVariable);
  const values = variables.map((variable) => tf.keep(tf.clone<tf.Tensor>(variable)));
  try {
    return compute();
  } finally {
    values.forEach((value, i) => {
      const variable = variables[i];
      if (variable !== undefined && variable.dataId !== value.dataId) variable.assign(value);
      value.dispose();
    });
  }
}

/** The variables that training moves. */
export function trainableVariables(model: tfl.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read()).filter(isVariable);
}

function isVariable(value: tf.Tensor): value is tf.Variable {
  return value instanceof tf.Variable;
}
