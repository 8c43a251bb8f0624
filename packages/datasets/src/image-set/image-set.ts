import { assertInteger, EigenganError, type ImageSource, libraryVersion, messageOf } from '@eigengan/core';
import type { CacheContents, ImageCache } from '../cache/image-cache';
import type { Label, PictureSource } from '../pictures/picture-source';
import { type DecodeAllOptions, decodeAll } from './decode-all';
import type { ImageOptions } from './image-options';
import { type ImagePlan, imagePlan } from './image-plan';
import { ImageReader } from './image-reader';
import type { Platform } from './platform';

/** A picture that could not be read, and why. */
export interface DamagedPicture {
  readonly index: number;
  readonly name: string;
  readonly reason: string;
}

/** The size of a picture as it was decoded, upright. */
export interface OriginalSize {
  readonly height: number;
  readonly width: number;
  /** 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
}

/** Where decoded images are kept beside the memory. */
export interface CacheReport {
  /** The file on disk; undefined when there is none. */
  readonly file: string | undefined;
  /** Why it keeps no more images, e.g. as the disk is full: what memory has no room for is decoded at each read. */
  readonly problem: string | undefined;
}

/** Pictures of any kind as images of one form. */
export interface ImageSet extends ImageSource {
  /** What each image is called: its path, its entry's, its row's number. */
  readonly names: readonly string[];
  /** The label of each, where the format has labels. */
  readonly labels: readonly Label[] | undefined;
  /** What the class numbers mean, where the format says. */
  readonly classes: readonly string[] | undefined;
  /** Those that a read found damaged so far, each once, in the order of their numbers. */
  readonly damaged: readonly DamagedPicture[];
  readonly cache: CacheReport;
  /**
   * Image `index`, [height, width, channels], bytes of its own. Reads of one image at the same time share the work.
   *
   * @throws FormatError with name and reason when this one is damaged; the others can still be read
   */
  read(index: number): Promise<Uint8Array>;
  /**
   * Reads every image once, so that memory and cache are filled and `damaged` is complete.
   *
   * @returns `damaged`
   * @throws FormatError when not one of them is whole; the signal's reason when it is aborted
   */
  decodeAll(options?: DecodeAllOptions): Promise<readonly DamagedPicture[]>;
  /** The picture's own size, before it came to its form. Throws as `read` does. */
  original(index: number): Promise<OriginalSize>;
  /** Lets go of open files and threads once the reads under way have ended. A later read opens them again. */
  close(): Promise<void>;
}

/**
 * Makes a source of equal images of pictures. Nothing is decoded before it is read. Closing the set closes
 * `pictures`.
 *
 * @throws ArgumentError for a bad option, or a cache folder that was named and cannot be used
 */
export async function imageSet(
  pictures: PictureSource,
  options: ImageOptions,
  platform: Platform,
  where = 'imageSet',
): Promise<ImageSet> {
  const plan = imagePlan(where, pictures, options, platform);
  const { height, width, channels } = plan.form;
  const { names, labels, classes } = pictures;
  const { cache, problem } = await openedCache(where, pictures, plan, platform);
  const reader = new ImageReader(pictures, plan, platform.decoding, cache);
  const checked = (index: number) => {
    assertInteger(`${where}: index`, index, { min: 0, max: names.length - 1 });
    return reader.read(index);
  };
  return {
    length: names.length,
    shape: [height, width, channels],
    names,
    labels,
    classes,
    get damaged() {
      return reader.damaged;
    },
    get cache() {
      return { file: cache?.file, problem: cache?.problem ?? problem };
    },
    read: async (index) => (await checked(index)).image.slice(),
    original: async (index) => (await checked(index)).original,
    decodeAll: (decodeOptions = {}) => decodeAll(`${where}: decodeAll`, reader, plan.workers, decodeOptions),
    close: () => reader.close(),
  };
}

/** The cache where one is wanted. That of the user's own folder is done without when it cannot be had. */
async function openedCache(
  where: string,
  { names, fingerprint }: PictureSource,
  { form, align, memory, cache }: ImagePlan,
  { openCache }: Platform,
): Promise<{ cache?: ImageCache; problem?: string }> {
  const imageBytes = form.height * form.width * form.channels;
  const fits = names.length * imageBytes <= memory;
  if (openCache === undefined || cache === false || (cache === undefined && fits)) return {};
  const alignment = align === undefined ? null : [align.size, align.fingerprint];
  const contents: CacheContents = {
    fingerprint: JSON.stringify([libraryVersion, form, alignment, fingerprint]),
    length: names.length,
    imageBytes,
  };
  try {
    return { cache: await openCache(cache, contents) };
  } catch (cause) {
    const problem = messageOf(cause);
    if (cache === undefined) return { problem };
    throw new EigenganError(
      `${where}: cache: ${cache} must be a folder that can be written to, got ${problem}`,
      {
        cause,
      },
    );
  }
}
