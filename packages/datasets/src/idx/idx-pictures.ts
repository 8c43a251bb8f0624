import { assertFields, assertInteger, formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { type ImageSize, imageSize } from '../image-size';
import { numberedNames } from '../pictures/numbered-names';
import type { PictureSource } from '../pictures/picture-source';
import { idxArray, idxLabels, imageDimensions } from './idx-array';
import { type IdxFit, idxFit } from './idx-fit';
import { padded } from './padded';

export interface IdxPicturesOptions {
  /** The IDX file of labels that belongs to the images. */
  readonly labels?: ByteSource | undefined;
  /** Pixels a side, or [height, width], of the images that are to be made; the file's own by default. */
  readonly size?: ImageSize | undefined;
  /**
   * With `pad`, the pictures come in the middle of black (value 0) of that size; any other is left to
   * whoever scales them. By default `pad` when that adds at most a quarter to each side (28 to 32).
   */
  readonly fit?: IdxFit | undefined;
  /** Refuses a gzipped file that unpacks to more, as it is held in memory; 1 GiB by default. */
  readonly maxBytes?: number | undefined;
}

export const idxOptionNames = ['labels', 'size', 'fit', 'maxBytes'] as const;

/**
 * The pictures of an IDX file, gzipped or not: MNIST, Fashion-MNIST and their like, called by their numbers.
 * Of a file that is not gzipped each read takes one picture's bytes.
 *
 * @throws FormatError when the file is none of images, whole; ArgumentError for a bad option
 */
export async function idxPictures(
  file: ByteSource,
  options: IdxPicturesOptions = {},
): Promise<PictureSource> {
  assertFields('idxFile', options, idxOptionNames);
  const { labels, size, fit, maxBytes = 2 ** 30 } = options;
  assertInteger('idxFile: maxBytes', maxBytes, { min: 1 });
  const array = await idxArray(file, [3, 4], maxBytes);
  const [length, height, width, channels] = imageDimensions(file.name, array);
  const target = size === undefined ? ([height, width] as const) : imageSize('idxFile: size', size);
  const pads = idxFit('idxFile', [height, width], target, fit) === 'pad';
  const [toHeight, toWidth] = pads ? target : [height, width];
  const pictureBytes = height * width * channels;
  if (Math.max(pictureBytes, toHeight * toWidth * channels) > maxBytes) {
    throw formatError(file.name, `a picture may take at most maxBytes = ${maxBytes} bytes`, pictureBytes);
  }
  return {
    names: numberedNames(file.name, length),
    labels: labels === undefined ? undefined : Array.from(await idxLabels(labels, length, maxBytes)),
    shape: [toHeight, toWidth, channels],
    fingerprint: [file.fingerprint, labels?.fingerprint ?? '', toHeight, toWidth].join('\n'),
    read: async (index) => {
      assertInteger(`${file.name}: index`, index, { min: 0, max: length - 1 });
      const bytes = await array.read(index * pictureBytes, pictureBytes);
      const data = pads ? padded(bytes, [height, width, channels], target) : bytes;
      return { height: toHeight, width: toWidth, channels, data };
    },
    close: async () => {
      await Promise.all([file.close(), labels?.close()]);
    },
  };
}
