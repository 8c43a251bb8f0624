import { encodeModelFiles, modelFileNames } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type SaveOptions, saveGenerator } from './save-generator';

/** A saved generator as the two files that tfjs loads: `model.json` and `weights.bin`, so named. */
export interface GeneratorFiles {
  readonly modelJson: File;
  readonly weights: File;
}

/**
 * What `saveGenerator` writes, as files in memory, for a person to download or a page to keep or send to
 * another: `tf.io.browserFiles([modelJson, weights])` loads them, and so does `loadGenerator` of that. The
 * names of the dimensions are in them.
 *
 * @throws ArgumentError when a name is for a dimension that the generator has not
 */
export async function generatorFiles(
  generator: tfl.LayersModel,
  options: SaveOptions = {},
): Promise<GeneratorFiles> {
  const files: GeneratorFiles[] = [];
  const keep = tf.io.withSaveHandler(async (artifacts) => {
    const { modelJson, weights } = encodeModelFiles(artifacts);
    files.push({
      modelJson: new File([modelJson], modelFileNames.modelJson, { type: 'application/json' }),
      weights: new File([weights], modelFileNames.weights, { type: 'application/octet-stream' }),
    });
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  await saveGenerator(generator, keep, options);
  const [saved] = files;
  // `save` of a LayersModel awaits its handler, once.
  if (saved === undefined) throw new Error('generatorFiles: tfjs has not called the handler');
  return saved;
}
