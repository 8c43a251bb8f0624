import { argumentError, type ImageSource } from '@eigengan/core';
import type { OriginalSize } from '../image-set/image-set';
import type { Picture } from '../pictures/picture';
import type { Label } from '../pictures/picture-source';

/** Any source; what an `ImageSet` tells beside its images is told too. */
export interface InspectedSource extends ImageSource {
  readonly names?: readonly string[] | undefined;
  readonly labels?: ArrayLike<Label> | undefined;
  readonly classes?: readonly string[] | undefined;
  original?(index: number): Promise<OriginalSize>;
}

export type PictureShape = readonly [height: number, width: number, channels: Picture['channels']];

/** @throws ArgumentError when a source's images are no pictures */
export function pictureShape({ shape: [height, width, channels] }: ImageSource): PictureShape {
  switch (channels) {
    case 1:
    case 2:
    case 3:
    case 4:
      return [height, width, channels];
    default:
      throw argumentError('inspect: source', 'must have 1 to 4 channels', channels);
  }
}
