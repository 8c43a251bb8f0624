import { formatError, type ImageSource } from '@eigengan/core';
import { bytesToFloats } from '../pixel-range';
import type { LoaderOptions } from './loader-options';
import type { BatchPlan } from './loader-schedule';
import { wholeImages } from './whole-images';

export interface ReadBatch {
  /** Which images they are. */
  readonly index: Int32Array;
  /** [batch, height, width, channels], in [-1, 1]. */
  readonly values: Float32Array;
}

/** Reads a batch's images, all at once. Ends when none of its reads is under way any more, failed or not. */
export type BatchReader = (plan: BatchPlan) => Promise<ReadBatch>;

export function batchReader(
  source: ImageSource,
  options: Pick<LoaderOptions, 'damaged' | 'onDamaged'>,
): BatchReader {
  const [height, width, channels] = source.shape;
  const size = height * width * channels;
  const read = wholeImages(source, options);

  function assertImage(image: number, bytes: Uint8Array): void {
    // Floats, read as bytes, would be another image without a word.
    if (!(bytes instanceof Uint8Array)) {
      throw formatError(`loader: source.read(${image})`, 'must give a Uint8Array', bytes);
    }
    if (bytes.length === size) return;
    const rule = `must give ${size} bytes for the shape [${source.shape.join(', ')}]`;
    throw formatError(`loader: source.read(${image})`, rule, bytes.length);
  }

  return async ({ index: wanted, mirrored }) => {
    const index = wanted.slice();
    const values = new Float32Array(index.length * size);
    const reads = Array.from(wanted, async (image, i) => {
      const found = await read(image);
      assertImage(found.index, found.bytes);
      index[i] = found.index;
      bytesToFloats(found.bytes, values, i * size);
      if (mirrored[i]) mirror(values.subarray(i * size, (i + 1) * size), width, channels);
    });
    const failure = (await Promise.allSettled(reads)).find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    return { index, values };
  };
}

/** Turns an image [height, width, channels] left to right, in place. */
function mirror(image: Float32Array, width: number, channels: number): void {
  const rowLength = width * channels;
  for (let row = 0; row < image.length; row += rowLength) {
    for (let left = 0, right = width - 1; left < right; left++, right--) {
      for (let channel = 0; channel < channels; channel++) {
        const a = row + left * channels + channel;
        const b = row + right * channels + channel;
        const swapped = image[a]!;
        image[a] = image[b]!;
        image[b] = swapped;
      }
    }
  }
}
