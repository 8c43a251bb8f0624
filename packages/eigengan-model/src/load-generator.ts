import { formatError, type TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { readMetadata } from './metadata';
import { type ModelTarget, readArtifacts } from './model-source';
import { setWeightsByRole } from './roles';

/**
 * Loads a saved generator with every weight as it was saved, bit for bit. (`tf.loadLayersModel` puts a basis
 * with a constraint through it once more, which changes its last bits.) The caller disposes of the model.
 *
 * @param source a tfjs URL, or an IO handler such as `modelFolder(...)` of `@eigengan/core/node`
 * @throws FormatError when it is not a generator that `saveGenerator` wrote
 */
export async function loadGenerator(source: ModelTarget): Promise<tfl.LayersModel> {
  const artifacts = await readArtifacts(source);
  const { weightData, weightSpecs } = artifacts;
  if (weightData === undefined || weightSpecs === undefined) {
    throw formatError('loadGenerator', 'the saved model must have its weights', Object.keys(artifacts));
  }
  const model = await tfl.loadLayersModel({ load: async () => artifacts });
  try {
    if (readMetadata(model) === undefined) {
      throw formatError(
        'loadGenerator',
        'userDefinedMetadata.format must be "eigengan-model"',
        artifacts.userDefinedMetadata,
      );
    }
    setWeightsByRole(model, await decodeWeights(weightData, weightSpecs));
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

async function decodeWeights(
  data: tf.io.WeightData,
  specs: tf.io.WeightsManifestEntry[],
): Promise<Record<string, TensorRecord>> {
  const tensors = tf.io.decodeWeights(data, specs);
  const records: Record<string, TensorRecord> = {};
  for (const [role, tensor] of Object.entries(tensors)) {
    const values = await tensor.data<'float32'>();
    records[role] = { dtype: 'float32', shape: tensor.shape, data: Float32Array.from(values) };
    tensor.dispose();
  }
  return records;
}
