import { assertFields, assertInteger, formatError } from '@eigengan/core';
import { eachConcurrently } from '../concurrency/each-concurrently';
import { isDamage } from '../pictures/damage';
import type { ImageReader } from './image-reader';
import type { DamagedPicture } from './image-set';

export interface DecodeAllOptions {
  /** Called after each image with how many are done, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends it early; what is decoded stays. */
  readonly signal?: AbortSignal | undefined;
  /** Images under way at a time, 1 .. 256; twice the number of threads and two by default. */
  readonly concurrency?: number | undefined;
}

/** Reads every image once, and says which are damaged. */
export async function decodeAll(
  where: string,
  reader: ImageReader,
  workers: number,
  options: DecodeAllOptions,
): Promise<readonly DamagedPicture[]> {
  assertFields(where, options, ['onProgress', 'signal', 'concurrency']);
  const { onProgress, signal, concurrency = Math.min(256, 2 * workers + 2) } = options;
  assertInteger(`${where}: concurrency`, concurrency, { min: 1, max: 256 });
  signal?.throwIfAborted();
  const { length } = reader.names;
  let done = 0;
  await eachConcurrently(reader.names, concurrency, async (_, index) => {
    signal?.throwIfAborted();
    try {
      await reader.read(index);
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    onProgress?.(++done, length);
  });
  const { damaged } = reader;
  if (length > 0 && damaged.length === length) {
    throw formatError(where, `at least one of the ${length} images must be whole`, damaged[0]?.reason);
  }
  return damaged;
}
