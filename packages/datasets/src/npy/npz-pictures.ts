import { argumentError, assertFields, EigenganError, formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import type { PictureSource } from '../pictures/picture-source';
import { type ZipEntry, zipDirectory } from '../zip/zip-directory';
import { zipEntryHead, zipEntrySource } from '../zip/zip-entry-bytes';
import { type ArrayOptions, arrayOptionNames, checkedArrayOptions } from './array-options';
import { arrayPictures } from './array-pictures';
import { longestHeader, npyHeader } from './npy-header';

export interface NpzPicturesOptions extends ArrayOptions {
  /**
   * The array of pictures. By default the only one of numbers in three or four dimensions; of several
   * `x_train`, or else `images`.
   */
  readonly images?: string | undefined;
  /** The array of their labels: [pictures] or [pictures, values]; none by default. */
  readonly labels?: string | undefined;
}

export const npzOptionNames = ['images', 'labels', ...arrayOptionNames] as const;

/** Many times what people save together. */
const mostArrays = 1000;
const usualNames = ['x_train', 'images'];

/**
 * The pictures of an array in an .npz archive, as `npyPictures` has them. `numpy.savez` stores arrays, so
 * that a read takes one picture's bytes; `numpy.savez_compressed` deflates them, and the first read unpacks
 * the whole array into memory.
 *
 * @throws FormatError when the file is no such archive, or the array none of pictures; ArgumentError for a
 * bad option
 */
export async function npzPictures(
  file: ByteSource,
  options: NpzPicturesOptions = {},
): Promise<PictureSource> {
  assertFields('npzFile', options, npzOptionNames);
  const { images, labels } = options;
  const checked = checkedArrayOptions('npzFile', options);
  const arrays = await arraysOf(file);
  const named = (option: string, name: string): Promise<ByteSource> => {
    const entry = arrays.get(name);
    if (entry !== undefined) return zipEntrySource(file, entry, checked.maxBytes);
    throw argumentError(file.name, `${option} must be one of ${[...arrays.keys()].join(', ')}`, name);
  };
  const pictures = await named('images', images ?? (await onlyPictures(file, arrays)));
  return arrayPictures(pictures, labels === undefined ? undefined : await named('labels', labels), checked);
}

/** The arrays of an archive by their names, which are those of the files without `.npy`. */
async function arraysOf(file: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const directory = await zipDirectory(file);
  const arrays = new Map<string, ZipEntry>();
  for (let i = 0; i < directory.length && arrays.size <= mostArrays; i++) {
    const entry = directory.entry(i);
    if (entry.name.endsWith('.npy')) arrays.set(entry.name.slice(0, -'.npy'.length), entry);
  }
  if (arrays.size === 0 || arrays.size > mostArrays) {
    const got = arrays.size === 0 ? `none in ${directory.length} files` : 'more';
    throw formatError(file.name, `must hold 1 to ${mostArrays} arrays (.npy)`, got);
  }
  return arrays;
}

/** The name of the array that is one of pictures, judging by the arrays' headers. */
async function onlyPictures(file: ByteSource, arrays: ReadonlyMap<string, ZipEntry>): Promise<string> {
  const found: string[] = [];
  for (const [name, entry] of arrays) {
    const dimensions = await dimensionsOf(file, entry);
    if (dimensions === 3 || dimensions === 4) found.push(name);
  }
  const usual = usualNames.find((name) => found.includes(name));
  const [only] = found.length === 1 ? found : [usual];
  if (only !== undefined) return only;
  if (found.length > 0) {
    throw argumentError(file.name, `images must be one of ${found.join(', ')}`, undefined);
  }
  const rule = 'must hold an array of numbers in 3 or 4 dimensions';
  throw formatError(file.name, rule, [...arrays.keys()]);
}

/** How many dimensions an array of numbers has; undefined for one of anything else, or a damaged one. */
async function dimensionsOf(file: ByteSource, entry: ZipEntry): Promise<number | undefined> {
  try {
    const head = await zipEntryHead(file, entry, longestHeader);
    const { shape } = await npyHeader({ ...bytesInMemory(entry.name, head), size: entry.size });
    return shape.length;
  } catch (error) {
    if (EigenganError.is(error)) return undefined;
    throw error;
  }
}
