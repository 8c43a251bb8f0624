import { crc32, formatError } from '@eigengan/core';
import { assertWithin, type ByteSource } from '../bytes/byte-source';
import { hexadecimal } from '../bytes/hexadecimal';
import { gunzip, gunzipHead } from '../gzip/gunzip';
import type { ZipEntry } from './zip-directory';

const signature = 0x04034b50;
/** A local header, without the name and the extra fields that follow it. */
export const localHeaderBytes = 30;
const stored = 0;
const deflated = 8;

/**
 * The content of a file in an archive, checked against its length and its CRC-32.
 *
 * @throws FormatError when it is damaged, packed by another method than deflate, or unpacks to more than
 * `maxBytes`
 */
export async function zipEntryBytes(
  file: ByteSource,
  entry: ZipEntry,
  maxBytes: number,
): Promise<Uint8Array> {
  const where = nameOf(file, entry);
  assertSize(where, entry, maxBytes);
  const packed = await file.read(await contentStart(file, entry), entry.packedSize);
  if (entry.method === deflated) return gunzip(where, asGzip(entry, packed), 0, () => entry.size);
  const crc = crc32(packed);
  if (crc !== entry.crc) {
    throw formatError(where, `must have the CRC-32 ${hexadecimal(entry.crc)}`, hexadecimal(crc));
  }
  return packed;
}

/** The first `length` bytes of it, or all if fewer, unpacked no further and not checked. */
export async function zipEntryHead(file: ByteSource, entry: ZipEntry, length: number): Promise<Uint8Array> {
  // Deflate makes nothing longer than this.
  const enough = Math.min(entry.packedSize, 2 * length + 1024);
  const packed = await file.read(await contentStart(file, entry), enough);
  if (entry.method === stored) return packed.subarray(0, length);
  return gunzipHead(nameOf(file, entry), asGzip(entry, packed), Math.min(length, entry.size));
}

/**
 * A file in an archive as a file of its own. A stored one is read where it lies, its CRC-32 unchecked; a
 * deflated one is unpacked whole by the first read, and kept until `close`.
 *
 * @throws FormatError when it unpacks to more than `maxBytes`
 */
export async function zipEntrySource(
  file: ByteSource,
  entry: ZipEntry,
  maxBytes: number,
): Promise<ByteSource> {
  const name = nameOf(file, entry);
  const start = await contentStart(file, entry);
  if (entry.method !== stored) assertSize(name, entry, maxBytes);
  let whole: Promise<Uint8Array> | undefined;
  const unpacked = async (): Promise<Uint8Array> => {
    whole ??= zipEntryBytes(file, entry, maxBytes);
    try {
      return await whole;
    } catch (error) {
      whole = undefined;
      throw error;
    }
  };
  return {
    name,
    size: entry.size,
    fingerprint: `${file.fingerprint}: ${entry.name} of ${entry.crc}`,
    read: async (offset, length) => {
      assertWithin(name, entry.size, offset, length);
      if (entry.method === stored) return file.read(start + offset, length);
      return (await unpacked()).subarray(offset, offset + length);
    },
    close: async () => {
      whole = undefined;
      await file.close();
    },
  };
}

/** Where the content begins, behind the local header (4.3.7), whose name and extra fields may be others. */
async function contentStart(file: ByteSource, entry: ZipEntry): Promise<number> {
  const where = nameOf(file, entry);
  if (entry.encrypted) throw formatError(where, 'must not be encrypted', 'an encrypted entry');
  if (entry.method !== stored && entry.method !== deflated) {
    throw formatError(where, 'must be stored (method 0) or deflated (8)', `method ${entry.method}`);
  }
  if (entry.method === stored && entry.packedSize !== entry.size) {
    throw formatError(where, `a stored entry of ${entry.size} bytes takes as many`, entry.packedSize);
  }
  assertWithin(where, file.size, entry.offset, localHeaderBytes);
  const header = await file.read(entry.offset, localHeaderBytes);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const found = view.getUint32(0, true);
  if (found !== signature) {
    const rule = `must be a local header, ${hexadecimal(signature)}`;
    throw formatError(`${where}: byte ${entry.offset}`, rule, hexadecimal(found));
  }
  const start = entry.offset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
  assertWithin(where, file.size, start, entry.packedSize);
  return start;
}

function assertSize(where: string, { size }: ZipEntry, maxBytes: number): void {
  if (size > maxBytes) throw formatError(where, `may unpack to at most maxBytes = ${maxBytes} bytes`, size);
}

function nameOf(file: ByteSource, entry: ZipEntry): string {
  return `${file.name}: ${entry.name}`;
}

/**
 * What is deflated as a gzip file (RFC 1952, 2.3), which `DecompressionStream` unpacks everywhere, checking
 * CRC-32 and length.
 */
function asGzip({ crc, size }: ZipEntry, packed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(10 + packed.length + 8);
  bytes.set([0x1f, 0x8b, 8]);
  bytes.set(packed, 10);
  const view = new DataView(bytes.buffer);
  view.setUint32(10 + packed.length, crc, true);
  view.setUint32(14 + packed.length, size % 2 ** 32, true);
  return bytes;
}
