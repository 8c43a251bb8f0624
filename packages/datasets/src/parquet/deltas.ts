import { formatError } from '@eigengan/core';

/** Integers, and where what follows them begins. */
export interface Deltas {
  readonly numbers: Float64Array;
  readonly end: number;
}

/**
 * `count` integers as differences in blocks (DELTA_BINARY_PACKED = 5 of
 * https://parquet.apache.org/docs/file-format/data-pages/encodings): the header has the size of a block, its
 * miniblocks, the count and the first integer; a block the smallest difference, the width of each miniblock,
 * and what is above the smallest.
 *
 * @throws FormatError when the bytes hold fewer, or integers of 2^53 or more
 */
export function readDeltas(where: string, bytes: Uint8Array, count: number): Deltas {
  let at = 0;
  const byte = (): number => {
    const next = bytes[at++];
    if (next === undefined) throw formatError(where, `must hold ${count} integers`, `${bytes.length} bytes`);
    return next;
  };
  const varint = (): bigint => {
    let value = 0n;
    for (let i = 0n; i < 10n; i++) {
      const next = byte();
      value |= BigInt(next & 0x7f) << (7n * i);
      if (next < 0x80) return value;
    }
    throw formatError(where, 'an integer may have at most 10 bytes', 'more');
  };
  const zigzag = (value: bigint): bigint => (value >> 1n) ^ -(value & 1n);
  const block = Number(varint());
  const miniblocks = Number(varint());
  const stated = Number(varint());
  let value = zigzag(varint());
  const size = block / miniblocks;
  if (block < 128 || block > 2 ** 20 || block % 128 !== 0 || !(size >= 32) || size % 32 !== 0) {
    throw formatError(where, 'a block must be a multiple of 128, of miniblocks of 32', [block, miniblocks]);
  }
  if (stated !== count) throw formatError(where, `must hold ${count} integers`, stated);
  const numbers = new Float64Array(count);
  const keep = (i: number): void => {
    numbers[i] = Number(value);
    if (!Number.isSafeInteger(numbers[i])) {
      throw formatError(where, 'must be integers below 2^53 in size', numbers[i]);
    }
  };
  if (count > 0) keep(0);
  for (let filled = 1; filled < count; ) {
    const smallest = zigzag(varint());
    const widths = Array.from({ length: miniblocks }, byte);
    for (const width of widths) {
      // The writer may leave out miniblocks that no integer is in.
      if (filled >= count) break;
      if (width > 64) throw formatError(where, 'a difference may have 64 bits', width);
      const end = at + (size * width) / 8;
      if (end > bytes.length) throw formatError(where, `must hold ${count} integers`, filled);
      for (let i = 0; i < size && filled < count; i++) {
        value = BigInt.asIntN(64, value + smallest + bitsAt(bytes, 8 * at + i * width, width));
        keep(filled++);
      }
      at = end;
    }
  }
  return { numbers, end: at };
}

function bitsAt(bytes: Uint8Array, start: number, width: number): bigint {
  let value = 0n;
  for (let got = 0; got < width; ) {
    const place = start + got;
    const shift = place % 8;
    const take = Math.min(8 - shift, width - got);
    value |= BigInt((bytes[Math.floor(place / 8)]! >> shift) & (2 ** take - 1)) << BigInt(got);
    got += take;
  }
  return value;
}
