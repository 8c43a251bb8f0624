import type { StoredPicture } from './picture';

/** A class's number, or several values, as the format has them. */
export type Label = number | readonly number[];

/**
 * What a folder, an archive or a table holds: pictures in random access, each of its own size, many of them
 * still encoded. `imageSet` makes a source of equal images of it.
 */
export interface PictureSource {
  /** What each is called, in errors and lists: its path, its entry's, its row's number. Defines the length. */
  readonly names: readonly string[];
  /** The label of each, where the format has labels. */
  readonly labels?: readonly Label[] | undefined;
  /** What the class numbers mean, where the format says. */
  readonly classes?: readonly string[] | undefined;
  /** [height, width, channels] where the format says that all have the same. */
  readonly shape?: readonly [height: number, width: number, channels: number] | undefined;
  /** Changes when a picture may have changed: a text of names, sizes and times of what they are read from. */
  readonly fingerprint: string;
  /**
   * Picture `index`. The bytes may be a view of something larger; the caller does not change them.
   *
   * @throws FormatError when this one is damaged; the others can still be read
   */
  read(index: number): Promise<StoredPicture>;
  /** Lets go of open files. A later read opens them again. */
  close(): Promise<void>;
}
