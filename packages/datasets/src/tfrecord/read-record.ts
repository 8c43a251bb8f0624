import { formatError, maskedCrc32c } from '@eigengan/core';
import { hexadecimal } from '../bytes/hexadecimal';
import { checksumBytes, headerBytes, type RecordIndex } from './record-index';

/** Far beyond any picture; what a record says of itself must not fill the memory. */
const largestRecord = 2 ** 30;

/**
 * The data of record `number`.
 *
 * @throws FormatError when its checksum is wrong, the file ends within it, or it has more than 1 GiB
 */
export async function readRecord(index: RecordIndex, number: number): Promise<Uint8Array> {
  const { file, starts, cutOff } = index;
  const start = starts[number] ?? 0;
  const end = starts[number + 1] ?? 0;
  const where = `${file.name}: record ${number} at byte ${start}`;
  if (cutOff && number === starts.length - 2) {
    throw formatError(where, 'must be whole', `a file that ends within it, after ${end - start} bytes`);
  }
  const length = end - start - headerBytes - checksumBytes;
  if (length > largestRecord) throw formatError(where, `may have at most ${largestRecord} bytes`, length);
  const bytes = await file.read(start + headerBytes, length + checksumBytes);
  const data = bytes.subarray(0, length);
  const expected = new DataView(bytes.buffer, bytes.byteOffset + length, checksumBytes).getUint32(0, true);
  const got = maskedCrc32c(data);
  if (got !== expected) {
    throw formatError(where, `the checksum must be ${hexadecimal(expected)}`, hexadecimal(got));
  }
  return data;
}
