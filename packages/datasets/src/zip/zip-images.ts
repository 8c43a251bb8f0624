import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { hasImageSuffix, isHidden, noImages } from '../pictures/image-names';
import { assertInside } from './entry-name';
import type { ZipDirectory, ZipEntry } from './zip-directory';
import { localHeaderBytes } from './zip-entry-bytes';

/** The pictures of an archive, and its list of labels. */
export interface ZipImages {
  /** Sorted by the codes of their characters. */
  readonly names: readonly string[];
  /** The number of each in the directory. */
  readonly entries: Uint32Array;
  /** `dataset.json`. */
  readonly dataset: ZipEntry | undefined;
}

/**
 * Finds the pictures of an archive by their suffix, without hidden ones.
 *
 * @throws FormatError when it has none, a name that comes twice or leads out of it, or files that share bytes
 */
export function zipImages(file: ByteSource, directory: ZipDirectory): ZipImages {
  const found: { name: string; entry: number }[] = [];
  const starts = new Float64Array(directory.length);
  const ends = new Float64Array(directory.length);
  let dataset: ZipEntry | undefined;
  for (let i = 0; i < directory.length; i++) {
    const entry = directory.entry(i);
    const { name, offset, packedSize } = entry;
    assertInside(file.name, name);
    starts[i] = offset;
    ends[i] = offset + localHeaderBytes + packedSize;
    if (name === 'dataset.json') dataset = entry;
    if (hasImageSuffix(name) && !isHidden(name)) found.push({ name, entry: i });
  }
  if (found.length === 0) throw noImages(file.name, directory.length);
  assertApart(file.name, starts, ends);
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (let i = 1; i < found.length; i++) {
    if (found[i]!.name === found[i - 1]!.name)
      throw formatError(file.name, 'a name may come once', found[i]!.name);
  }
  return {
    names: found.map(({ name }) => name),
    entries: Uint32Array.from(found, ({ entry }) => entry),
    dataset,
  };
}

/** Refuses entries that share bytes, by which a small archive unpacks to a huge one. */
function assertApart(where: string, starts: Float64Array, ends: Float64Array): void {
  const order = Uint32Array.from(starts, (_, i) => i).sort((a, b) => starts[a]! - starts[b]!);
  for (let i = 1; i < order.length; i++) {
    const [before, after] = [order[i - 1]!, order[i]!];
    if (ends[before]! <= starts[after]!) continue;
    const rule = `entry ${after} must begin behind entry ${before}, at byte ${ends[before]} or later`;
    throw formatError(where, rule, starts[after]);
  }
}
