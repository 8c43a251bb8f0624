import type { Prepared } from '../decode/prepare';

/** What a cache keeps of a picture: its image, or why there is none. */
export type CachedPicture = Prepared | { readonly reason: string };

/** What is cached; caches of equal contents are the same. */
export interface CacheContents {
  /** Changes when any image may have changed. */
  readonly fingerprint: string;
  /** Pictures. */
  readonly length: number;
  /** Bytes of each image. */
  readonly imageBytes: number;
}

/**
 * Images on disk. It is never the reason of an error once it is open: what it cannot read is decoded again,
 * what it cannot write is not kept, and `problem` says so.
 */
export interface ImageCache {
  /** Its path. */
  readonly file: string;
  /** Why it keeps no more, e.g. as the disk is full. */
  readonly problem: string | undefined;
  /** What was written whole, with bytes that the caller may keep. */
  read(index: number): Promise<CachedPicture | undefined>;
  write(index: number, picture: CachedPicture): Promise<void>;
  /** Lets go of the file. A later call opens it again. */
  close(): Promise<void>;
}

/**
 * Opens, or makes, the cache of `contents` in a folder, in the user's cache folder with undefined.
 *
 * @throws an Error of the system when the folder or the file can be neither made nor opened
 */
export type OpenCache = (folder: string | undefined, contents: CacheContents) => Promise<ImageCache>;
