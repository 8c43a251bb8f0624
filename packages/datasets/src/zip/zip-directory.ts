import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { hexadecimal } from '../bytes/hexadecimal';
import { decodedName } from './entry-name';
import { zipEnd } from './zip-end';

/** What a zip archive says of a file in it. */
export interface ZipEntry {
  /** With `/` between folders, as it is in the archive: it may climb (`..`), or end with `/` for a folder. */
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  /** The CRC-32 of its content. */
  readonly crc: number;
  /** Bytes in the archive, and unpacked. */
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header lies. */
  readonly offset: number;
}

/** The files of an archive, in its order. An entry is read from the directory's bytes when it is asked for. */
export interface ZipDirectory {
  readonly length: number;
  entry(index: number): ZipEntry;
}

const signature = 0x02014b50;
const headerBytes = 46;
const saysUtf8 = 1 << 11;
/** Some ten million entries. */
const mostBytes = 2 ** 30;

/**
 * Reads the directory of a zip archive, ZIP64 too
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 to 4.3.16).
 *
 * @throws FormatError when the file is no whole archive
 */
export async function zipDirectory(file: ByteSource): Promise<ZipDirectory> {
  const end = await zipEnd(file);
  if (end.size > mostBytes) {
    throw formatError(file.name, `the directory may have at most ${mostBytes} bytes`, end.size);
  }
  if (end.entries * headerBytes > end.size) {
    const rule = `a directory of ${end.entries} entries has at least ${end.entries * headerBytes} bytes`;
    throw formatError(file.name, rule, end.size);
  }
  const bytes = await file.read(end.offset, end.size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = new Uint32Array(end.entries);
  let at = 0;
  for (let i = 0; i < end.entries; i++) {
    const where = `${file.name}: byte ${end.offset + at}`;
    if (at + headerBytes > bytes.length)
      throw formatError(where, `must be entry ${i}`, 'the end of the directory');
    const found = view.getUint32(at, true);
    if (found !== signature) {
      throw formatError(where, `must be entry ${i}, ${hexadecimal(signature)}`, hexadecimal(found));
    }
    places[i] = at;
    at +=
      headerBytes +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
  if (at !== bytes.length) {
    throw formatError(file.name, `the directory of ${end.entries} entries has ${at} bytes`, bytes.length);
  }
  return {
    length: end.entries,
    entry: (index) => entryAt(`${file.name}: entry ${index}`, bytes, view, places[index]!),
  };
}

function entryAt(where: string, bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const extra = at + headerBytes + nameLength;
  const wide = wideFields(where, view, extra, extra + extraLength);
  /** A field, or, when all of its bits are set, the next of the wide ones. */
  const size = (field: number): number => {
    const value = view.getUint32(field, true);
    return value === 0xffffffff ? wide() : value;
  };
  // The wide fields come in this order.
  const unpacked = size(at + 24);
  const packedSize = size(at + 20);
  const offset = size(at + 42);
  return {
    name: decodedName(bytes.subarray(at + headerBytes, extra), (flags & saysUtf8) !== 0),
    method: view.getUint16(at + 10, true),
    encrypted: (flags & 1) !== 0,
    crc: view.getUint32(at + 16, true),
    packedSize,
    size: unpacked,
    offset,
  };
}

/** Gives the 64 bit numbers of the extra field 1, one after the other. */
function wideFields(where: string, view: DataView, begin: number, end: number): () => number {
  let at = begin;
  let limit = begin;
  for (let field = begin; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    at = field + 4;
    limit = Math.min(end, at + view.getUint16(field + 2, true));
    break;
  }
  return () => {
    if (at + 8 > limit)
      throw formatError(where, 'must have a ZIP64 field for each size beyond 4 GiB', limit - at);
    at += 8;
    return Number(view.getBigUint64(at - 8, true));
  };
}
