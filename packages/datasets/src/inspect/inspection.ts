import type { DamagedPicture } from '../image-set/image-set';
import type { Picture } from '../pictures/picture';
import type { LabelCount } from './label-counts';
import type { NativePictures } from './native-pictures';

/** An image of the source, by number and name. */
export interface NamedImage {
  readonly index: number;
  readonly name: string;
}

/** An image as the network sees it. */
export interface SheetImage extends NamedImage, Picture {}

/** The values of a channel over all images, in [-1, 1] as the network has them. */
export interface ChannelStatistics {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** What `inspect` found in a source. */
export interface Inspection {
  /** Images in the source, the damaged ones included. */
  readonly length: number;
  /** [height, width, channels] that all come in. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Images that can be read; all that follows is of these. */
  readonly whole: number;
  readonly damaged: readonly DamagedPicture[];
  /** The pictures in their own size; undefined where the source does not say. */
  readonly pictures: NativePictures | undefined;
  /** Images of equal bytes, two or more a group, the first of each the one that comes first. */
  readonly duplicates: readonly (readonly NamedImage[])[];
  /** Images that look the same: saved again, in another size or quality. Of equal ones only the first counts. */
  readonly nearDuplicates: readonly (readonly NamedImage[])[];
  /** Images without color; 0 where the source has fewer than 3 channels. */
  readonly gray: number;
  /** Images of a single color, or nearly. */
  readonly blank: number;
  /** The mean of all images; undefined when none is whole. */
  readonly mean: Picture | undefined;
  /** Of each channel; empty when no image is whole. */
  readonly channels: readonly ChannelStatistics[];
  /** How often each label comes; undefined where there are none, or more than 1,000 different ones. */
  readonly labels: readonly LabelCount[] | undefined;
  /** Images spread evenly over the source, through the floats that the network is given. */
  readonly sheet: readonly SheetImage[];
  /** What harms training, a sentence each, the worst first. */
  readonly warnings: readonly string[];
}
