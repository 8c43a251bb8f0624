import { FormatError, type ImageSource } from '@eigengan/core';
import { isDamage } from '../pictures/damage';
import type { LoaderOptions } from './loader-options';

/** Reads an image, or another one where it is damaged: says which. */
export type ReadWhole = (index: number) => Promise<{ readonly index: number; readonly bytes: Uint8Array }>;

/**
 * Reads whole images of a source: with `damaged: 'skip'`, instead of a damaged one the next by number, the
 * first after the last. Which one that is depends on nothing but which are damaged, so that it is the same
 * in every run, shard and resume.
 */
export function wholeImages(
  source: ImageSource,
  { damaged = 'skip', onDamaged }: Pick<LoaderOptions, 'damaged' | 'onDamaged'>,
): ReadWhole {
  /** Why not, by number. */
  const known = new Map<number, Error>();

  async function readUnlessDamaged(index: number): Promise<Uint8Array | undefined> {
    if (known.has(index)) return undefined;
    try {
      return await source.read(index);
    } catch (error) {
      if (damaged === 'throw' || !isDamage(error)) throw error;
      // Another read of it may have been faster.
      if (!known.has(index)) {
        known.set(index, error);
        onDamaged?.(index, error);
      }
      return undefined;
    }
  }

  return async (wanted) => {
    for (let i = 0; i < source.length; i++) {
      const index = (wanted + i) % source.length;
      const bytes = await readUnlessDamaged(index);
      if (bytes !== undefined) return { index, bytes };
    }
    const cause = known.get(wanted);
    const rule = `at least one of the ${source.length} images must be whole`;
    throw new FormatError(`loader: ${rule}, got none, as ${cause?.message}`, { cause });
  };
}
