import { formatError, type ImageSource } from '@eigengan/core';
import { bytesToFloats } from '../pixel-range';
import type { BatchPlan } from './loader-schedule';

/** Reads a batch's images, all at once, into floats [batch, height, width, channels] in [-1, 1]. */
export async function readBatch(source: ImageSource, { index, mirrored }: BatchPlan): Promise<Float32Array> {
  const [height, width, channels] = source.shape;
  const size = height * width * channels;
  const values = new Float32Array(index.length * size);
  await Promise.all(
    Array.from(index, async (image, i) => {
      const bytes = await source.read(image);
      // Floats, read as bytes, would be another image without a word.
      if (!(bytes instanceof Uint8Array)) {
        throw formatError(`loader: source.read(${image})`, 'must give a Uint8Array', bytes);
      }
      if (bytes.length !== size) {
        const rule = `must give ${size} bytes for the shape [${source.shape.join(', ')}]`;
        throw formatError(`loader: source.read(${image})`, rule, bytes.length);
      }
      bytesToFloats(bytes, values, i * size);
      if (mirrored[i]) mirror(values.subarray(i * size, (i + 1) * size), width, channels);
    }),
  );
  return values;
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
