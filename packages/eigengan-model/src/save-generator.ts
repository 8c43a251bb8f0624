import { argumentError } from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type DimensionPlace, findDimension, nameDimension } from './dimension-names';
import { freshMetadata, readMetadata, writeMetadata } from './metadata';
import { assertWritable, type ModelTarget } from './model-source';

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
 * @throws ArgumentError when a name is for a dimension that the generator has not, or there is no handler for
 * the URL; then nothing is named or written
 */
export async function saveGenerator(
  generator: tfl.LayersModel,
  target: ModelTarget,
  { dimensionNames = {} }: SaveOptions = {},
): Promise<tf.io.SaveResult> {
  assertWritable(target);
  const given = Object.entries(dimensionNames).map(([key, name]) => ({ place: placeOf(key), name }));
  for (const { place } of given) findDimension('saveGenerator', generator, place);
  const names = readMetadata(generator)?.dimensionNames ?? {};
  writeMetadata(generator, { ...freshMetadata(generator), dimensionNames: names });
  for (const { place, name } of given) nameDimension(generator, place, name);
  return generator.save(target);
}

/** The dimension that a key such as `block_0/2` means. */
function placeOf(key: string): DimensionPlace {
  const [, block, coordinate] = /^block_(\d+)\/(\d+)$/.exec(key) ?? [];
  if (block === undefined || coordinate === undefined) {
    throw argumentError('saveGenerator: dimensionNames', 'keys must be like block_0/2', key);
  }
  return { block: Number(block), coordinate: Number(coordinate) };
}
