import { argumentError, assertFields, assertInteger, assertOneOf } from '@eigengan/core';
import type { Alignment } from '../decode/alignment';
import type { ImageForm } from '../decode/image-form';
import { imageSize } from '../image-size';
import type { PictureSource } from '../pictures/picture-source';
import { type ImageOptions, imageOptionNames } from './image-options';
import type { Platform } from './platform';

/** The options, checked and whole. */
export interface ImagePlan {
  readonly form: ImageForm;
  readonly align: Alignment | undefined;
  /** Bytes. */
  readonly memory: number;
  readonly cache: string | false | undefined;
  readonly workers: number;
}

/** @throws ArgumentError for a bad option, or a size that is neither given nor known */
export function imagePlan(
  where: string,
  { shape }: Pick<PictureSource, 'shape'>,
  options: ImageOptions,
  platform: Platform,
): ImagePlan {
  if (typeof options !== 'object' || options === null) {
    throw argumentError(where, 'needs options, e.g. { size: 64 }', options);
  }
  assertFields(where, options, imageOptionNames);
  const { fit = 'cover', background = [255, 255, 255], align, cache } = options;
  const { memory = 2 ** 30, workers = platform.workers } = options;
  const channels = options.channels ?? ownChannels(shape);
  if (![1, 3, 4].includes(channels)) throw argumentError(`${where}: channels`, 'must be 1, 3 or 4', channels);
  assertOneOf(`${where}: fit`, fit, ['cover', 'contain', 'stretch']);
  if (!Array.isArray(background) || background.length !== 3) {
    throw argumentError(`${where}: background`, 'must be [red, green, blue]', background);
  }
  for (const value of background) assertInteger(`${where}: background`, value, { min: 0, max: 255 });
  if (align !== undefined && (typeof align?.of !== 'function' || typeof align.fingerprint !== 'string')) {
    throw argumentError(`${where}: align`, 'must be an Alignment { size, of(name), fingerprint }', align);
  }
  assertInteger(`${where}: memory`, memory, { min: 0 });
  if (cache !== undefined && cache !== false && (typeof cache !== 'string' || cache === '')) {
    throw argumentError(`${where}: cache`, 'must be the path of a folder, or false', cache);
  }
  if (typeof cache === 'string' && platform.openCache === undefined) {
    throw argumentError(
      `${where}: cache`,
      'must not be a folder here, where images are kept in memory alone',
      cache,
    );
  }
  assertInteger(`${where}: workers`, workers, { min: 0, max: 64 });
  const [height, width] = sizeOf(where, options, shape);
  return { form: { height, width, channels, fit, background }, align, memory, cache, workers };
}

function sizeOf(
  where: string,
  { size, align }: ImageOptions,
  shape: PictureSource['shape'],
): readonly [height: number, width: number] {
  if (size !== undefined) return imageSize(`${where}: size`, size);
  if (align !== undefined) return imageSize(`${where}: align.size`, align.size);
  if (shape !== undefined) return [shape[0], shape[1]];
  throw argumentError(`${where}: size`, 'must be given, as the pictures may differ in it, e.g. 64', size);
}

function ownChannels(shape: PictureSource['shape']): ImageForm['channels'] {
  const own = shape?.[2];
  return own === 1 || own === 3 || own === 4 ? own : 3;
}
