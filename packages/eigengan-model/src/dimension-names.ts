import { argumentError, assertInteger } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { freshMetadata, readMetadata, writeMetadata } from './metadata';
import { type Subspace, subspaces } from './subspaces';

/** What tells an eigen-dimension from the others. */
export interface DimensionPlace {
  /** Block of its subspace; 0 is the deepest. */
  readonly block: number;
  /** Its place in `z_<block>`, from 0. */
  readonly coordinate: number;
}

/** `block_0/2`: the key of a dimension in a saved model. */
export function dimensionKey({ block, coordinate }: DimensionPlace): string {
  return `block_${block}/${coordinate}`;
}

/** Names of a generator's dimensions, `block_0/2` -> name. */
export function dimensionNames(generator: tfl.LayersModel): Readonly<Record<string, string>> {
  return readMetadata(generator)?.dimensionNames ?? {};
}

/**
 * Calls a dimension something, or with `undefined` nothing. The name is saved with the generator and comes
 * back in `eigenDimensions`.
 *
 * @throws ArgumentError when the generator has no such dimension
 */
export function nameDimension(
  generator: tfl.LayersModel,
  dimension: DimensionPlace,
  name: string | undefined,
): void {
  findDimension('nameDimension', generator, dimension);
  const { [dimensionKey(dimension)]: _, ...others } = dimensionNames(generator);
  const metadata = readMetadata(generator) ?? freshMetadata(generator);
  const changed = name === undefined ? others : { ...others, [dimensionKey(dimension)]: name };
  writeMetadata(generator, { ...metadata, dimensionNames: changed });
}

/** The subspace of a dimension. @throws ArgumentError when the generator has no such dimension */
export function findDimension(
  where: string,
  generator: tfl.LayersModel,
  dimension: DimensionPlace,
): Subspace {
  const blocks = subspaces(generator);
  const found = blocks.find(({ block }) => block === dimension.block);
  if (found === undefined) {
    const known = blocks.map(({ block }) => block).join(', ');
    throw argumentError(`${where}: block`, `must be one with a subspace, ${known}`, dimension.block);
  }
  assertInteger(`${where}: coordinate`, dimension.coordinate, { min: 0, max: found.rank - 1 });
  return found;
}
