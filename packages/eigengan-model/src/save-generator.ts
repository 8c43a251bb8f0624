import { argumentError } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { nameDimension } from './dimension-names';
import { freshMetadata, readMetadata, writeMetadata } from './metadata';
import type { ModelTarget } from './model-source';

export interface SaveOptions {
  /** `block_0/2` -> name: names to set before saving, beside those the generator has. */
  readonly dimensionNames?: Readonly<Record<string, string>> | undefined;
}

/**
 * Saves a generator so that `loadGenerator`, or plain `tf.loadLayersModel` once this package is imported,
 * has all it takes to sample: `model.json` and its weights, with image range, latent shapes and
 * distribution, roles, dimension names and library version as `userDefinedMetadata`.
 *
 * @param target a tfjs URL, or an IO handler such as `modelFolder(...)` of `@eigengan/core/node`
 * @throws ArgumentError when a name is for a dimension that the generator has not
 */
export async function saveGenerator(
  generator: tfl.LayersModel,
  target: ModelTarget,
  { dimensionNames = {} }: SaveOptions = {},
): Promise<tf.io.SaveResult> {
  const names = readMetadata(generator)?.dimensionNames ?? {};
  writeMetadata(generator, { ...freshMetadata(generator), dimensionNames: names });
  for (const [key, name] of Object.entries(dimensionNames)) {
    const [, block, coordinate] = /^block_(\d+)\/(\d+)$/.exec(key) ?? [];
    if (block === undefined || coordinate === undefined) {
      throw argumentError('saveGenerator: dimensionNames', 'keys must be like block_0/2', key);
    }
    nameDimension(generator, { block: Number(block), coordinate: Number(coordinate) }, name);
  }
  return generator.save(target);
}
