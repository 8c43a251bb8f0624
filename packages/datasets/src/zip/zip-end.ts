import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { hexadecimal } from '../bytes/hexadecimal';

/** Where the directory of an archive lies. */
export interface ZipEnd {
  readonly entries: number;
  readonly offset: number;
  readonly size: number;
}

const endSignature = 0x06054b50;
const endBytes = 22;
const longestComment = 0xffff;
const locatorSignature = 0x07064b50;
const locatorBytes = 20;
const wideSignature = 0x06064b50;
const wideBytes = 56;

/**
 * Reads the end of a zip archive, and the ZIP64 one where there is such
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.14 to 4.3.16).
 *
 * @throws FormatError when there is none, or it does not fit the file
 */
export async function zipEnd(file: ByteSource): Promise<ZipEnd> {
  const length = Math.min(file.size, endBytes + longestComment);
  const tail = await file.read(file.size - length, length);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let at = length - endBytes;
  // The end is followed by its comment, and that by nothing.
  while (
    at >= 0 &&
    !(view.getUint32(at, true) === endSignature && view.getUint16(at + 20, true) === length - endBytes - at)
  )
    at--;
  if (at < 0)
    throw formatError(
      file.name,
      'a zip archive ends with its directory',
      'none: the file is cut short, or no zip',
    );
  const position = file.size - length + at;
  if (view.getUint16(at + 4, true) !== 0 && view.getUint16(at + 4, true) !== 0xffff) {
    throw formatError(
      file.name,
      'the archive must be in one part',
      `part ${view.getUint16(at + 4, true) + 1}`,
    );
  }
  const narrow = {
    entries: view.getUint16(at + 10, true),
    size: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  };
  const wide = await wideEnd(file, position);
  const { entries, size, offset } = wide ?? narrow;
  if (offset + size > position) {
    const rule = `the directory at byte ${offset} must end before the archive's end at byte ${position}`;
    throw formatError(file.name, rule, offset + size);
  }
  return { entries, size, offset };
}

async function wideEnd(file: ByteSource, position: number): Promise<ZipEnd | undefined> {
  if (position < locatorBytes) return undefined;
  const locator = await file.read(position - locatorBytes, locatorBytes);
  const locatorView = new DataView(locator.buffer, locator.byteOffset, locator.byteLength);
  if (locatorView.getUint32(0, true) !== locatorSignature) return undefined;
  const at = Number(locatorView.getBigUint64(8, true));
  const where = `${file.name}: byte ${at}`;
  if (at + wideBytes > position) throw formatError(where, 'must be the ZIP64 end', `${file.size} bytes`);
  const bytes = await file.read(at, wideBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(0, true);
  if (found !== wideSignature) {
    throw formatError(where, `must be the ZIP64 end, ${hexadecimal(wideSignature)}`, hexadecimal(found));
  }
  return {
    entries: Number(view.getBigUint64(32, true)),
    size: Number(view.getBigUint64(40, true)),
    offset: Number(view.getBigUint64(48, true)),
  };
}
