import { argumentError, assertInteger, assertOneOf, formatError } from '@eigengan/core';
import { type ArraySource, arraySource } from '../array-source';
import { type ImageSize, imageSize } from '../image-size';
import { resample } from '../resample';
import { gunzip, isGzip } from './gunzip';
import { idxHeader, longestHeader } from './idx-header';
import { padded } from './padded';

export type IdxFit = 'pad' | 'resample';

export interface IdxOptions {
  /** Pixels a side, or [height, width]; the file's own by default. */
  readonly size?: ImageSize | undefined;
  /**
   * How an image comes to `size`: `pad` puts it in the middle of black (value 0), `resample` scales it.
   * By default `pad` when that adds at most a quarter to each side (28 to 32), else `resample`.
   */
  readonly fit?: IdxFit | undefined;
  /** The bytes of the IDX file of labels that belongs to the images. */
  readonly labels?: Uint8Array | undefined;
  /** Refuses a file that unpacks to more; 1 GiB by default. */
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
 *
 * @throws FormatError when the bytes are not such a file, whole; ArgumentError for a bad option
 */
export function idx(bytes: Uint8Array, options: IdxOptions = {}): Promise<IdxSource> {
  return idxSource('idx', bytes, options);
}

/** `idx`, with the name that its errors begin with. */
export async function idxSource(where: string, bytes: Uint8Array, options: IdxOptions): Promise<IdxSource> {
  const { size, fit, labels, maxBytes = 2 ** 30 } = options;
  const target = size === undefined ? undefined : imageSize(`${where}: size`, size);
  if (fit !== undefined) assertOneOf(`${where}: fit`, fit, ['pad', 'resample']);
  assertInteger(`${where}: maxBytes`, maxBytes, { min: 1 });
  const { dimensions, values } = await unpacked(where, bytes, [3, 4], maxBytes);
  const [length = 0, height = 0, width = 0, channels = 1] = dimensions;
  if (![1, 3, 4].includes(channels)) {
    throw formatError(`${where}: dimensions`, 'images must have 1, 3 or 4 channels', dimensions);
  }
  const source = arraySource(values, [length, height, width, channels]);
  const read = target === undefined ? undefined : scaling(where, source, target, fit);
  return {
    ...source,
    ...read,
    fit: read?.fit,
    labels: labels === undefined ? undefined : await labelsOf(`${where}: labels`, labels, length, maxBytes),
  };
}

/** How the images of a source come to a size, done when they are read. */
function scaling(where: string, source: ArraySource, target: readonly [number, number], wanted?: IdxFit) {
  const [height, width, channels] = source.shape;
  const [toHeight, toWidth] = target;
  if (height === toHeight && width === toWidth) return undefined;
  const holds = toHeight >= height && toWidth >= width;
  const near = toHeight <= 1.25 * height && toWidth <= 1.25 * width;
  const fit: IdxFit = wanted ?? (holds && near ? 'pad' : 'resample');
  if (fit === 'pad' && !holds) {
    const rule = `must be at least the images' ${height} x ${width} to pad them`;
    throw argumentError(`${where}: size`, rule, target, { hint: "Use fit: 'resample'" });
  }
  const change = fit === 'pad' ? padded : resample;
  const shape: readonly [number, number, number] = [toHeight, toWidth, channels];
  return { fit, shape, read: (index: number) => change(source.read(index), source.shape, target) };
}

async function labelsOf(where: string, bytes: Uint8Array, images: number, maxBytes: number) {
  const { values } = await unpacked(where, bytes, [1], maxBytes);
  if (values.length !== images) {
    throw formatError(where, `must be as many as the ${images} images`, values.length);
  }
  return values;
}

/** The dimensions and the values of an IDX file, gzipped or not. */
async function unpacked(where: string, bytes: Uint8Array, rank: readonly number[], maxBytes: number) {
  if (!(bytes instanceof Uint8Array)) throw argumentError(where, 'needs the bytes as a Uint8Array', bytes);
  const lengthOf = (head: Uint8Array) => {
    const { dimensions, fileLength } = idxHeader(where, head, rank);
    if (fileLength > maxBytes) {
      const rule = `dimensions [${dimensions.join(', ')}] may take at most maxBytes = ${maxBytes} bytes`;
      throw formatError(where, rule, fileLength);
    }
    return fileLength;
  };
  const file = isGzip(bytes) ? await gunzip(where, bytes, longestHeader, lengthOf) : bytes;
  const fileLength = lengthOf(file);
  const { dimensions, headerLength } = idxHeader(where, file, rank);
  if (file.length !== fileLength) {
    throw formatError(where, `dimensions [${dimensions.join(', ')}] need ${fileLength} bytes`, file.length);
  }
  return { dimensions, values: file.slice(headerLength) };
}
