import { argumentError, assertInteger, type ImageSource } from '@eigengan/core';

/** Images that lie in memory; `read` is immediate. */
export interface ArraySource extends ImageSource {
  read(index: number): Uint8Array;
}

/**
 * A source over images that are already in memory. It keeps `bytes`, without a copy.
 *
 * @param bytes [length, height, width, channels], row-major, 0 .. 255
 * @throws ArgumentError when the shape is not four sizes, or does not fit the bytes
 */
export function arraySource(
  bytes: Uint8Array,
  shape: readonly [length: number, height: number, width: number, channels: number],
): ArraySource {
  if (!(bytes instanceof Uint8Array)) throw argumentError('arraySource', 'bytes must be a Uint8Array', bytes);
  if (!Array.isArray(shape) || shape.length !== 4) {
    throw argumentError('arraySource: shape', 'must be [length, height, width, channels]', shape);
  }
  const [length, height, width, channels] = shape;
  assertInteger('arraySource: length', length, { min: 0 });
  for (const size of [height, width, channels]) assertInteger('arraySource: shape', size, { min: 1 });
  const size = height * width * channels;
  if (bytes.length !== length * size) {
    const rule = `shape [${shape.join(', ')}] needs ${length * size} bytes`;
    throw argumentError('arraySource', rule, bytes.length);
  }
  return {
    length,
    shape: [height, width, channels],
    read: (index) => {
      assertInteger('arraySource: index', index, { min: 0, max: length - 1 });
      return bytes.slice(index * size, (index + 1) * size);
    },
  };
}
