import { formatError } from '@eigengan/core';

/**
 * `count` numbers of `width` bits in runs and bit-packed groups of eight, as
 * https://parquet.apache.org/docs/file-format/data-pages/encodings (RLE = 3) lays them out.
 *
 * @throws FormatError when the bytes hold fewer
 */
export function readRuns(where: string, bytes: Uint8Array, width: number, count: number): Uint32Array {
  if (width > 32) throw formatError(where, 'a number may have 32 bits', width);
  const numbers = new Uint32Array(count);
  let filled = 0;
  let at = 0;
  const byte = (): number => {
    const next = bytes[at++];
    if (next === undefined) throw formatError(where, `must hold ${count} numbers`, filled);
    return next;
  };
  const header = (): number => {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const next = byte();
      value += (next & 0x7f) * 2 ** (7 * i);
      if (next < 0x80) return value;
    }
    throw formatError(where, "a run's header may have at most 5 bytes", 'more');
  };
  while (filled < count) {
    const head = header();
    const half = Math.floor(head / 2);
    if (head % 2 === 0) {
      let value = 0;
      for (let i = 0; i < Math.ceil(width / 8); i++) value += byte() * 2 ** (8 * i);
      const end = Math.min(count, filled + half);
      numbers.fill(value, filled, end);
      filled = end;
    } else {
      const end = Math.min(count, filled + 8 * half);
      if (at + Math.ceil(((end - filled) * width) / 8) > bytes.length) {
        throw formatError(where, `must hold ${count} numbers`, filled);
      }
      for (let bit = 8 * at; filled < end; bit += width) numbers[filled++] = bitsAt(bytes, bit, width);
      at += half * width;
    }
  }
  return numbers;
}

/** `width` bits from a place on, the lowest first. */
function bitsAt(bytes: Uint8Array, start: number, width: number): number {
  let value = 0;
  for (let got = 0; got < width; ) {
    const place = start + got;
    const shift = place % 8;
    const take = Math.min(8 - shift, width - got);
    value += ((bytes[Math.floor(place / 8)]! >> shift) & (2 ** take - 1)) * 2 ** got;
    got += take;
  }
  return value;
}

/** How many bits a number takes that is at most `largest`. */
export function widthOf(largest: number): number {
  return 32 - Math.clz32(largest);
}
