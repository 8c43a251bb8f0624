import { join } from 'node:path';
import {
  argumentError,
  assertInteger,
  assertOneOf,
  FormatError,
  formatError,
  type ImageSource,
} from '@eigengan/core';
import { type ImageSize, imageSize } from '../image-size';
import { decodeImage, type ImageForm, loadSharp } from './decode-image';
import { eachConcurrently } from './each-concurrently';
import { listImages } from './list-images';

export interface ImageFolderOptions {
  /** Pixels a side, or [height, width]; at least 8. */
  readonly size: ImageSize;
  /** 1 luminance, 3 sRGB (the default), 4 sRGB and alpha. */
  readonly channels?: 1 | 3 | 4 | undefined;
  /** `cover` cuts the middle out (the default), `contain` adds margins, `fill` distorts. */
  readonly fit?: 'cover' | 'contain' | 'fill' | undefined;
  /** What shows through transparent pixels, 0 .. 255 each; white by default. Unused with 4 channels. */
  readonly background?: readonly [red: number, green: number, blue: number] | undefined;
  /** A damaged file is left out and listed in `skipped` (the default), or refused. */
  readonly onError?: 'skip' | 'throw' | undefined;
  /** How many bytes of decoded images to keep; 1 GiB by default. What is beyond is decoded on each read. */
  readonly memory?: number | undefined;
  /** How many files are decoded at a time while opening; 8 by default. */
  readonly concurrency?: number | undefined;
  /** Called after each file while opening. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface SkippedFile {
  /** Path from the folder. */
  readonly file: string;
  readonly reason: string;
}

/** The images of a folder. */
export interface ImageFolderSource extends ImageSource {
  /** The file of each image, as a path from the folder. */
  readonly files: readonly string[];
  /** What was left out, and why. */
  readonly skipped: readonly SkippedFile[];
  /** How many images are kept decoded in memory. */
  readonly cached: number;
}

/**
 * Opens a folder of images, with the folders in it, sorted by path. Every file is decoded once while opening,
 * so that what is damaged is known, and `length` final, before training starts. Needs the package sharp.
 *
 * @throws MissingPackageError without sharp; FormatError when the folder is missing, has no images or none
 * that is whole, or, with `onError: 'throw'`, at the first damaged file; ArgumentError for a bad option
 */
export async function imageFolder(path: string, options: ImageFolderOptions): Promise<ImageFolderSource> {
  const { form, onError, memory, concurrency, onProgress } = checked(path, options);
  const sharp = await loadSharp('imageFolder');
  const candidates = await listImages(path);
  const size = form.height * form.width * form.channels;
  const decoded = new Map<string, Uint8Array>();
  const reasons = new Map<string, string>();
  let done = 0;
  await eachConcurrently(candidates, concurrency, async (file) => {
    try {
      const image = await decodeImage(sharp, join(path, file), form);
      if ((decoded.size + 1) * size <= memory) decoded.set(file, image);
    } catch (cause) {
      const reason = reasonOf(cause);
      if (onError === 'throw')
        throw new FormatError(`imageFolder: ${join(path, file)}: ${reason}`, { cause });
      reasons.set(file, reason);
    }
    onProgress?.(++done, candidates.length);
  });
  const files = candidates.filter((file) => !reasons.has(file));
  const skipped = candidates.flatMap((file) => {
    const reason = reasons.get(file);
    return reason === undefined ? [] : [{ file, reason }];
  });
  if (files.length === 0) {
    const rule = `at least one of the ${candidates.length} images must be whole`;
    throw formatError(`imageFolder: ${path}`, rule, `${skipped[0]?.file}: ${skipped[0]?.reason}`);
  }
  return {
    length: files.length,
    shape: [form.height, form.width, form.channels],
    files,
    skipped,
    cached: decoded.size,
    read: async (index) => {
      assertInteger('imageFolder: index', index, { min: 0, max: files.length - 1 });
      const file = files[index] ?? '';
      const kept = decoded.get(file);
      if (kept !== undefined) return kept.slice();
      try {
        return await decodeImage(sharp, join(path, file), form);
      } catch (cause) {
        const rule = 'was whole when the folder was opened and is not now';
        throw new FormatError(`imageFolder: ${join(path, file)} ${rule}: ${reasonOf(cause)}`, { cause });
      }
    },
  };
}

/** One line, without the lines of detail that a decoder adds. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function checked(path: string, options: ImageFolderOptions) {
  const where = 'imageFolder';
  if (typeof path !== 'string' || path === '') throw argumentError(where, 'needs the path of a folder', path);
  if (typeof options !== 'object' || options === null) {
    throw argumentError(where, 'needs options with a size, e.g. { size: 64 }', options);
  }
  const { size, channels = 3, fit = 'cover', background = [255, 255, 255], onError = 'skip' } = options;
  const { memory = 2 ** 30, concurrency = 8, onProgress } = options;
  const [height, width] = imageSize(`${where}: size`, size);
  if (![1, 3, 4].includes(channels)) throw argumentError(`${where}: channels`, 'must be 1, 3 or 4', channels);
  assertOneOf(`${where}: fit`, fit, ['cover', 'contain', 'fill']);
  assertOneOf(`${where}: onError`, onError, ['skip', 'throw']);
  if (!Array.isArray(background) || background.length !== 3) {
    throw argumentError(`${where}: background`, 'must be [red, green, blue]', background);
  }
  for (const value of background) assertInteger(`${where}: background`, value, { min: 0, max: 255 });
  assertInteger(`${where}: memory`, memory, { min: 0 });
  assertInteger(`${where}: concurrency`, concurrency, { min: 1, max: 256 });
  const form: ImageForm = { height, width, channels, fit, background };
  return { form, onError, memory, concurrency, onProgress };
}
