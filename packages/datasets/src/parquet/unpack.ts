import { formatError, messageOf, missingPackage } from '@eigengan/core';
import { gunzip } from '../gzip/gunzip';
import { unsnappy } from './snappy';

/** By the numbers that files have for them. */
const codecs = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'];

/**
 * Unpacks what a page holds.
 *
 * @throws FormatError when it is damaged, does not unpack to `size` bytes, or is packed in a way that is not
 * read; MissingPackageError when that is Zstandard and fzstd is not installed
 */
export async function unpack(
  where: string,
  codec: number,
  bytes: Uint8Array,
  size: number,
): Promise<Uint8Array> {
  const name = codecs[codec] ?? `codec ${codec}`;
  // A page without values may be packed to nothing.
  const unpacked = size === 0 ? new Uint8Array(0) : await unpackedBy(where, name, bytes, size);
  if (unpacked.length === size) return unpacked;
  throw formatError(`${where}: ${name}`, `must unpack to ${size} bytes`, unpacked.length);
}

async function unpackedBy(where: string, name: string, bytes: Uint8Array, size: number): Promise<Uint8Array> {
  switch (name) {
    case 'UNCOMPRESSED':
      return bytes;
    case 'SNAPPY':
      return unsnappy(where, bytes, size);
    case 'GZIP':
      return gunzip(where, bytes, 0, () => size);
    case 'ZSTD':
      return unzstd(where, bytes, size);
    default:
      throw formatError(where, 'must be packed by SNAPPY, GZIP, ZSTD or not at all', name, {
        hint: 'Write the file again: pyarrow.parquet.write_table(table, path, compression="snappy")',
      });
  }
}

/** Block by block into `size` bytes: a frame of a few bytes may hold gigabytes, and claim any size. */
async function unzstd(where: string, bytes: Uint8Array, size: number): Promise<Uint8Array> {
  const { Decompress } = await loadZstd();
  const out = new Uint8Array(size);
  let length = 0;
  const stream = new Decompress((block) => {
    if (length + block.length > size) throw new Error(`unpacks to more than ${size} bytes`);
    out.set(block, length);
    length += block.length;
  });
  try {
    for (let at = 0; at < bytes.length; at += packedPart) {
      stream.push(bytes.subarray(at, at + packedPart), at + packedPart >= bytes.length);
    }
  } catch (cause) {
    throw formatError(where, 'must be whole Zstandard', messageOf(cause), {
      cause,
    });
  }
  return out.subarray(0, length);
}

/** Bytes unpacked before it is asked how much they gave. */
const packedPart = 1 << 12;

let zstd: typeof import('fzstd') | undefined;

async function loadZstd(): Promise<typeof import('fzstd')> {
  try {
    // Kept, because asking for a module again takes longer than a page does.
    zstd ??= await import('fzstd');
    return zstd;
  } catch (cause) {
    throw missingPackage('parquetFiles', 'fzstd', cause);
  }
}
