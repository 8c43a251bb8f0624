import { saveGenerator } from '@eigengan/eigengan-model';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { SavedModel } from './messages';

/** A generator as model.json and weights.bin. */
export async function modelFiles(generator: LayersModel): Promise<SavedModel> {
  let files: SavedModel | undefined;
  const handler = tf.io.withSaveHandler(async ({ weightData, weightSpecs, ...description }) => {
    const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs ?? [] }];
    files = {
      modelJson: new Blob([JSON.stringify({ ...description, weightsManifest })], {
        type: 'application/json',
      }),
      weights: new Blob([tf.io.CompositeArrayBuffer.join(weightData ?? new ArrayBuffer(0))]),
    };
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  await saveGenerator(generator, handler);
  if (files === undefined) throw new Error('The generator was not saved');
  return files;
}
