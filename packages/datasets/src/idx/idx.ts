import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import { type ArraySource, arraySource } from '../array-source';
import type { ByteSource } from '../bytes/byte-source';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import { toForm } from '../decode/to-form';
import { type ImageSize, imageSize } from '../image-size';
import { idxArray, idxLabels, imageDimensions } from './idx-array';
import { type IdxFit, idxFit } from './idx-fit';
import type { IdxPicturesOptions } from './idx-pictures';
import { padded } from './padded';

export interface IdxOptions {
  /** Pixels a side, or [height, width]; the file's own by default. */
  readonly size?: ImageSize | undefined;
  /**
   * How an image comes to `size`: `pad` puts it in the middle of black (value 0), `cover` cuts the middle
   * out, `contain` adds black margins, `stretch` distorts. By default `pad` when that adds at most a quarter
   * to each side (28 to 32), else `cover`.
   */
  readonly fit?: IdxFit | undefined;
  /** The bytes of the IDX file of labels that belongs to the images. */
  readonly labels?: Uint8Array | undefined;
  /** Refuses a gzipped file that unpacks to more; 1 GiB by default. */
  readonly maxBytes?: number | undefined;
}

/** The images of an IDX file. */
export interface IdxSource extends ArraySource {
  /** What was done to come to `size`; undefined when nothing was. */
  readonly fit: IdxFit | undefined;
  /** The label of each image, when there is a file of them. */
  readonly labels: Uint8Array | undefined;
}

/**
 * Reads an IDX file, gzipped or not: MNIST, Fashion-MNIST and their like. Images are uint8
 * `[length, height, width]` (one channel) or `[length, height, width, channels]` with 1, 3 or 4 channels.
 * Keeps `bytes`, without a copy, when they are not gzipped.
 *
 * @throws FormatError when the bytes are not such a file, whole; ArgumentError for a bad option
 */
export function idx(bytes: Uint8Array, options: IdxOptions = {}): Promise<IdxSource> {
  assertFields('idx', options, ['size', 'fit', 'labels', 'maxBytes']);
  const { labels, ...rest } = options;
  return idxImages(inMemory('idx', bytes), {
    ...rest,
    labels: labels && inMemory('idx: labels', labels),
  });
}

/** `idx` of files, which it reads whole and does not close. */
export async function idxImages(
  file: ByteSource,
  { size, fit, labels, maxBytes = 2 ** 30 }: IdxPicturesOptions,
): Promise<IdxSource> {
  const where = file.name;
  assertInteger(`${where}: maxBytes`, maxBytes, { min: 1 });
  const array = await idxArray(file, [3, 4], maxBytes);
  const dimensions = imageDimensions(where, array);
  const [length, height, width, channels] = dimensions;
  const values = await array.read(0, length * height * width * channels);
  const target = size === undefined ? ([height, width] as const) : imageSize(`${where}: size`, size);
  const found = idxFit(where, [height, width], target, fit);
  const source = arraySource(values, dimensions);
  return {
    ...(found === undefined ? source : fitted(source, channels, target, found)),
    fit: found,
    labels: labels && (await idxLabels(labels, length, maxBytes)),
  };
}

/** The images of a source in another size, made when they are read. */
function fitted(
  source: ArraySource,
  channels: 1 | 3 | 4,
  [height, width]: readonly [height: number, width: number],
  fit: IdxFit,
): ArraySource {
  const [fromHeight, fromWidth] = source.shape;
  return {
    length: source.length,
    shape: [height, width, channels],
    read: (index) => {
      const data = source.read(index);
      if (fit === 'pad') return padded(data, source.shape, [height, width]);
      const picture = { height: fromHeight, width: fromWidth, channels, data };
      return toForm(picture, { height, width, channels, fit, background: [0, 0, 0] });
    },
  };
}

function inMemory(where: string, bytes: Uint8Array): ByteSource {
  if (bytes instanceof Uint8Array) return bytesInMemory(where, bytes);
  throw argumentError(where, 'needs the bytes as a Uint8Array', bytes);
}
