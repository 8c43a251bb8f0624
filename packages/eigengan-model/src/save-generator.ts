import { argumentError, assertFields, assertOneOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type DimensionPlace, findDimension, nameDimension } from './dimension-names';
import { freshMetadata, readMetadata, writeMetadata } from './metadata';
import { assertWritable, type ModelTarget, writeArtifacts } from './model-source';
import { type Quantization, quantizeWeights } from './quantize-weights';

export interface SaveOptions {
  /** `block_0/2` -> name: names to set before saving, beside those the generator has. */
  readonly dimensionNames?: Readonly<Record<string, string>> | undefined;
  /**
   * Bits that a number keeps: a quarter of the bytes, half, or half. Enough to look at, too coarse to compare
   * with: with `'uint8'` pictures change by about 0.6 of 255 on average. Default: float32, bit for bit.
   */
  readonly quantization?: Quantization | undefined;
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
  options: SaveOptions = {},
): Promise<tf.io.SaveResult> {
  assertFields('saveGenerator', options, ['dimensionNames', 'quantization']);
  const { dimensionNames = {}, quantization } = options;
  assertWritable(target);
  if (quantization !== undefined) {
    assertOneOf('saveGenerator: quantization', quantization, ['uint8', 'uint16', 'float16']);
  }
  const given = Object.entries(dimensionNames).map(([key, name]) => ({ place: placeOf(key), name }));
  for (const { place } of given) findDimension('saveGenerator', generator, place);
  const names = readMetadata(generator)?.dimensionNames ?? {};
  writeMetadata(generator, { ...freshMetadata(generator), dimensionNames: names });
  for (const { place, name } of given) nameDimension(generator, place, name);
  if (quantization === undefined) return generator.save(target);
  return generator.save(
    tf.io.withSaveHandler((artifacts) => writeArtifacts(target, quantizeWeights(artifacts, quantization))),
  );
}

/** The dimension that a key such as `block_0/2` means. */
function placeOf(key: string): DimensionPlace {
  const [, block, coordinate] = /^block_(\d+)\/(\d+)$/.exec(key) ?? [];
  if (block === undefined || coordinate === undefined) {
    throw argumentError('saveGenerator: dimensionNames', 'keys must be like block_0/2', key);
  }
  return { block: Number(block), coordinate: Number(coordinate) };
}
