import { argumentError } from '@eigengan/core';
import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { brokenColor } from './color';
import type { Picture } from './picture';

/**
 * A batch of images as pictures.
 *
 * -1 becomes 0 and 1 becomes 255, rounded; what lies beyond is clamped, it never wraps. A pixel that holds a
 * NaN or an infinity is drawn in opaque magenta: a generator that broke shows it.
 *
 * @param images `[batch, height, width, channels]` in [-1, 1], 1 (gray), 3 (RGB) or 4 (RGBA) channels; it
 * stays the caller's to dispose of
 * @throws ArgumentError for another rank, number of channels or dtype
 */
export async function toPictures(images: Tensor): Promise<Picture[]> {
  assertImages('toPictures', images);
  const [batch, height, width, channels] = images.shape;
  const values = await images.data();
  const size = height * width * channels;
  return Array.from({ length: batch }, (_, i) => ({
    width,
    height,
    data: toBytes(values.subarray(i * size, (i + 1) * size), channels),
  }));
}

/**
 * One image as a picture; the rules are those of `toPictures`.
 *
 * @param image `[height, width, channels]` in [-1, 1]
 */
export async function toPicture(image: Tensor): Promise<Picture> {
  assertImage('toPicture', image);
  const [height, width, channels] = image.shape;
  return { width, height, data: toBytes(await image.data(), channels) };
}

/** Refuses tensors that are not a batch of images in [-1, 1], as far as shape and dtype tell. */
export function assertImages(where: string, images: Tensor): asserts images is Tensor4D {
  assertShape(where, images, '[batch, height, width, channels]', 4);
}

/**
 * The shape that batches of images share, undefined if there are none.
 *
 * @throws ArgumentError when one is not a batch of images, or not of the first one's shape
 */
export function sharedShape(
  batches: readonly { readonly where: string; readonly images: Tensor }[],
): Tensor4D['shape'] | undefined {
  let first: Tensor4D['shape'] | undefined;
  for (const { where, images } of batches) {
    assertImages(where, images);
    first ??= images.shape;
    if (images.shape.join() === first.join()) continue;
    throw argumentError(where, `must be of the shape of the first, [${first.join(', ')}]`, images.shape);
  }
  return first;
}

function assertImage(where: string, image: Tensor): asserts image is Tensor3D {
  assertShape(where, image, '[height, width, channels]', 3);
}

function assertShape(where: string, images: Tensor, axes: string, rank: number): void {
  const { shape, size, dtype } = images;
  const channels = shape[rank - 1] ?? 0;
  if (shape.length !== rank) throw argumentError(where, `must have shape ${axes}`, shape);
  if (size === 0) throw argumentError(where, `${axes} must hold at least one image`, shape);
  if (![1, 3, 4].includes(channels)) throw argumentError(where, 'must have 1, 3 or 4 channels', channels);
  if (dtype !== 'float32') {
    throw argumentError(where, 'must be float32 in [-1, 1]', dtype, {
      hint: 'Bytes become that by dividing by 127.5 and subtracting 1',
    });
  }
}

function toBytes(values: ArrayLike<number>, channels: number): Uint8Array {
  const pixels = values.length / channels;
  const bytes = new Uint8Array(pixels * 4);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = pixel * channels;
    for (let channel = 0; channel < 3; channel++) {
      bytes[pixel * 4 + channel] = toByte(values[channels === 1 ? from : from + channel]);
    }
    bytes[pixel * 4 + 3] = channels === 4 ? toByte(values[from + 3]) : 255;
    for (let channel = 0; channel < channels; channel++) {
      if (!Number.isFinite(values[from + channel])) bytes.set([...brokenColor, 255], pixel * 4);
    }
  }
  return bytes;
}

function toByte(value = 0): number {
  return Math.round(Math.min(255, Math.max(0, (value + 1) * 127.5)));
}
