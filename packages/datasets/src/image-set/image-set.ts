import type { ImageSource } from '@eigengan/core';
import type { Label } from '../pictures/picture-source';

/** A picture that could not be read, and why. */
export interface DamagedPicture {
  readonly index: number;
  readonly name: string;
  readonly reason: string;
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
  /** @throws FormatError when this one is damaged; the others can still be read */
  read(index: number): Promise<Uint8Array>;
  /** The picture in its own size, before it comes to its form. */
  original(
    index: number,
  ): Promise<{ readonly height: number; readonly width: number; readonly channels: number }>;
  /** Lets go of open files and threads. A later read opens them again. */
  close(): Promise<void>;
}
