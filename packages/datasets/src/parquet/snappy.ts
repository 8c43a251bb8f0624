import { formatError } from '@eigengan/core';

/** A copy of 64 bytes takes three: no data unpacks to more than this many times its size. */
const mostGrowth = 22;

/**
 * Unpacks a block of Snappy (https://github.com/google/snappy/blob/main/format_description.txt): its length,
 * then literal bytes and copies of what came before.
 *
 * @throws FormatError when it is damaged, or does not unpack to `size` bytes
 */
export function unsnappy(where: string, bytes: Uint8Array, size: number): Uint8Array {
  const damaged = (rule: string, got: unknown) => formatError(`${where}: Snappy`, rule, got);
  let at = 0;
  let stated = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined || shift > 28) throw damaged('must begin with its length', bytes.length);
    stated += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (stated !== size) throw damaged(`must unpack to ${size} bytes`, stated);
  if (size > mostGrowth * bytes.length) throw damaged(`cannot unpack to ${size} bytes`, bytes.length);
  const out = new Uint8Array(size);
  let filled = 0;
  const number = (length: number): number => {
    let value = 0;
    if (at + length > bytes.length) throw damaged('must be whole', `${bytes.length} bytes`);
    for (let i = 0; i < length; i++) value += bytes[at++]! * 2 ** (8 * i);
    return value;
  };
  while (at < bytes.length) {
    const tag = bytes[at++]!;
    const upper = tag >> 2;
    if ((tag & 3) === 0) {
      const length = 1 + (upper < 60 ? upper : number(upper - 59));
      if (at + length > bytes.length) throw damaged('must be whole', `${bytes.length} bytes`);
      if (filled + length > size) throw damaged(`must unpack to ${size} bytes`, 'more');
      out.set(bytes.subarray(at, at + length), filled);
      at += length;
      filled += length;
    } else {
      const near = (tag & 3) === 1;
      const length = near ? 4 + (upper & 7) : 1 + upper;
      const offset = near ? (tag >> 5) * 256 + number(1) : number((tag & 3) === 2 ? 2 : 4);
      if (offset < 1 || offset > filled) throw damaged(`a copy must be 1 to ${filled} bytes back`, offset);
      if (filled + length > size) throw damaged(`must unpack to ${size} bytes`, 'more');
      // Byte by byte, because a copy may reach into itself.
      for (let i = 0; i < length; i++, filled++) out[filled] = out[filled - offset]!;
    }
  }
  if (filled !== size) throw damaged(`must unpack to ${size} bytes`, filled);
  return out;
}
