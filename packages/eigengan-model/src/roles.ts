import { argumentError, type TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/**
 * A model's weights by role, which is layer name / weight name: `block_0/basis`, `stem/kernel`, ... The
 * variables are the model's own; the model disposes of them.
 */
export function weightsByRole(model: tfl.LayersModel): Map<string, tf.Variable> {
  const weights = new Map<string, tf.Variable>();
  for (const layer of model.layers) {
    for (const weight of layer.weights) weights.set(weight.originalName, variableOf(weight));
  }
  return weights;
}

/** Copies of a model's weights, by role. */
export async function readWeightsByRole(model: tfl.LayersModel): Promise<Record<string, TensorRecord>> {
  const records: Record<string, TensorRecord> = {};
  for (const [role, variable] of weightsByRole(model)) {
    const data = await variable.data<'float32'>();
    records[role] = { dtype: 'float32', shape: [...variable.shape], data: Float32Array.from(data) };
  }
  return records;
}

/**
 * Gives weights new values, bit for bit: unlike `setWeights`, no constraint is applied.
 *
 * @param values role -> values; roles left out keep theirs
 * @throws ArgumentError when the model has no such role, or another shape there; then nothing is set
 */
export function setWeightsByRole(
  model: tfl.LayersModel,
  values: Readonly<Record<string, TensorRecord>>,
): void {
  const weights = weightsByRole(model);
  const pairs = Object.entries(values).map(([role, value]) => {
    const variable = weights.get(role);
    const where = `setWeightsByRole: ${role}`;
    if (variable === undefined) throw argumentError(where, `must be a role of ${model.name}`, role);
    if (!tf.util.arraysEqual(variable.shape, [...value.shape])) {
      throw argumentError(where, `shape must be [${variable.shape.join(', ')}]`, value.shape);
    }
    if (value.data.length !== variable.size) {
      throw argumentError(where, `data must have ${variable.size} values`, value.data.length);
    }
    if (value.dtype !== variable.dtype) throw argumentError(where, `must be ${variable.dtype}`, value.dtype);
    return { variable, value };
  });
  for (const { variable, value } of pairs) {
    const tensor = tf.tensor(Float32Array.from(value.data), [...value.shape], 'float32');
    variable.assign(tensor);
    tensor.dispose();
  }
}

function variableOf(weight: tfl.LayerVariable): tf.Variable {
  const value = weight.read();
  if (value instanceof tf.Variable) return value;
  throw argumentError(weight.originalName, 'must be a variable of this copy of tfjs-core', value);
}
