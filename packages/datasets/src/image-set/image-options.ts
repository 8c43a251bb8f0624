import type { Alignment } from '../decode/alignment';
import type { ImageForm } from '../decode/image-form';
import type { ImageSize } from '../image-size';

/** How pictures become images of one form, and where these are kept. The same for every format. */
export interface ImageOptions {
  /**
   * Pixels a side, or [height, width], at least 8. By default the size of the alignment's cut, or that of
   * the pictures where the format says that all have the same; else it must be given.
   */
  readonly size?: ImageSize | undefined;
  /** 1 luminance, 3 sRGB, 4 sRGB and alpha. By default the pictures' own where the format says, else 3. */
  readonly channels?: ImageForm['channels'] | undefined;
  /** `cover` cuts the middle out (the default), `contain` adds margins, `stretch` distorts. */
  readonly fit?: ImageForm['fit'] | undefined;
  /**
   * What shows through transparent pixels and in the margins of `contain`, 0 .. 255 each; white by default.
   * With 4 channels, what lies under pixels that are wholly transparent.
   */
  readonly background?: ImageForm['background'] | undefined;
  /** A cut that each picture goes through first. A picture of which it knows nothing counts as damaged. */
  readonly align?: Alignment | undefined;
  /** How many bytes of images to keep in memory; 1 GiB by default. */
  readonly memory?: number | undefined;
  /**
   * The folder of the file that keeps images which memory has no room for; the user's cache folder by
   * default. A folder that is named is used also when memory suffices. `false`: none, each read decodes.
   * Of no use in browsers, which have no such file.
   */
  readonly cache?: string | false | undefined;
  /** Threads that decode, 0 .. 64; 0 decodes in the calling one. One less than there are cores by default, 1 to 8. */
  readonly workers?: number | undefined;
}

/** The names of the options that all formats have in common. */
export const imageOptionNames = [
  'size',
  'channels',
  'fit',
  'background',
  'align',
  'memory',
  'cache',
  'workers',
] as const satisfies readonly (keyof ImageOptions)[];
