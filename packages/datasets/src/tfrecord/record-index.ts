import { formatError, maskedCrc32c } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { hexadecimal } from '../bytes/hexadecimal';
import { mostPictures } from '../pictures/numbered-names';

/** Where the records of a file are. */
export interface RecordIndex {
  readonly file: ByteSource;
  /** Where each record begins, and where the last one ends: one more number than there are records. */
  readonly starts: Float64Array;
  /** Whether the file ends within its last record. */
  readonly cutOff: boolean;
}

/** A part of the file that is read. */
interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** A record begins with its length in 8 bytes and the checksum of these; its data's checksum follows the data. */
export const headerBytes = 12;
export const checksumBytes = 4;
/** How much is read at a time where records are smaller than this. */
const windowBytes = 2 ** 16;

/**
 * Finds the records of a TFRecord file (https://www.tensorflow.org/tutorials/load_data/tfrecord) by hopping
 * from header to header: of records larger than 64 KiB only the headers are read.
 *
 * @throws FormatError at a length whose checksum is wrong, because what follows cannot be found
 */
export async function recordIndex(file: ByteSource): Promise<RecordIndex> {
  await refuseCompressed(file);
  let starts = new Float64Array(1024);
  let records = 0;
  let window: Window = { start: 0, bytes: new Uint8Array(0) };
  let at = 0;
  while (at + headerBytes <= file.size) {
    if (at + headerBytes > window.start + window.bytes.length) {
      const last = records === 0 ? 0 : at - (starts[records - 1] ?? 0);
      const wanted = last > windowBytes ? headerBytes : windowBytes;
      window = { start: at, bytes: await file.read(at, Math.min(wanted, file.size - at)) };
    }
    const length = recordLength(file, at, window.bytes, at - window.start);
    // Two more than this one: a rest that is too short for a header, and the end.
    if (records + 2 >= starts.length) starts = grown(starts);
    starts[records++] = at;
    if (records > mostPictures) {
      throw formatError(file.name, `may hold at most ${mostPictures} records`, `more`);
    }
    at += headerBytes + length + checksumBytes;
  }
  const cutOff = at !== file.size;
  // Fewer bytes than a header has are a record too, which is cut off.
  if (at < file.size) starts[records++] = at;
  starts[records] = file.size;
  return { file, starts: starts.slice(0, records + 1), cutOff };
}

/** @param at where the header is in the file; `offset`, where it is in `bytes` */
function recordLength(file: ByteSource, at: number, bytes: Uint8Array, offset: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, headerBytes);
  const expected = view.getUint32(8, true);
  const got = maskedCrc32c(bytes.subarray(offset, offset + 8));
  if (got !== expected) {
    const rule = `the checksum of a record's length must be ${hexadecimal(expected)}`;
    throw formatError(`${file.name}: byte ${at}`, rule, hexadecimal(got), {
      hint: at === 0 ? 'This is no TFRecord file' : 'What follows cannot be found',
    });
  }
  return Number(view.getBigUint64(0, true));
}

function grown(starts: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const twice = new Float64Array(2 * starts.length);
  twice.set(starts);
  return twice;
}

/** A length that begins with gzip's magic number would be of 35 KB, and its checksum decides. */
async function refuseCompressed(file: ByteSource): Promise<void> {
  const head = await file.read(0, Math.min(headerBytes, file.size));
  const gzip = head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
  const zlib = head[0] === 0x78 && ((head[0] << 8) | (head[1] ?? 0)) % 31 === 0;
  if (!gzip && !zlib) return;
  if (head.length === headerBytes) {
    const stored = new DataView(head.buffer, head.byteOffset, headerBytes).getUint32(8, true);
    if (stored === maskedCrc32c(head.subarray(0, 8))) return;
  }
  throw formatError(file.name, 'must be a TFRecord file that is not compressed', gzip ? 'gzip' : 'zlib', {
    hint: 'Unpack it first, because a compressed file has no random access',
  });
}
