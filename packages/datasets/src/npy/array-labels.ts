import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import type { Label } from '../pictures/picture-source';
import { npyHeader } from './npy-header';
import { stepsOf } from './picture-layout';

/** What a number takes in memory. */
const bytesOfNumber = 8;

/**
 * The labels in an .npy file: [pictures] or [pictures, 1], one number each, or [pictures, values].
 *
 * @throws FormatError when the array is another, or too large to hold
 */
export async function arrayLabels(file: ByteSource, pictures: number, maxBytes: number): Promise<Label[]> {
  const { type, littleEndian, fortran, shape, start } = await npyHeader(file);
  const where = `${file.name}: labels`;
  if (shape.length !== 1 && shape.length !== 2) {
    throw formatError(where, 'the shape must be [pictures] or [pictures, values]', shape);
  }
  const [length = 0, values = 1] = shape;
  if (length !== pictures) throw formatError(where, `must be as many as the ${pictures} pictures`, length);
  const held = length * values * bytesOfNumber;
  if (held > maxBytes) throw formatError(where, `may take at most maxBytes = ${maxBytes} bytes`, held);
  const bytes = await file.read(start, length * values * type.size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [row = 1, column = 1] = stepsOf(shape, fortran);
  const value = (i: number, j: number): number => {
    const number = type.read(view, (i * row + j * column) * type.size, littleEndian);
    if (type.name.includes('int') && !Number.isSafeInteger(number)) {
      throw formatError(`${where}: ${i}`, 'must be an integer below 2^53 in size', number);
    }
    return number;
  };
  return Array.from({ length }, (_, i) =>
    shape[1] === undefined || values === 1
      ? value(i, 0)
      : Array.from({ length: values }, (_, j) => value(i, j)),
  );
}
