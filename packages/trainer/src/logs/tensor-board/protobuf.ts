import { joinBytes } from '@eigengan/core';

/**
 * Encoded fields of protocol-buffers messages (https://protobuf.dev/programming-guides/encoding/); a message
 * is its fields one after the other.
 */

/** Any of the integer types, or an enum; `value` is at least 0. */
export function integer(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field << 3), ...varint(value)]);
}

export function double(field: number, value: number): Uint8Array {
  return joinBytes([Uint8Array.from(varint((field << 3) | 1)), doublesOf([value])]);
}

export function float(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joinBytes([Uint8Array.from(varint((field << 3) | 5)), bytes]);
}

/** A message in a message, or bytes; several parts are joined. */
export function bytes(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joinBytes([Uint8Array.from([...varint((field << 3) | 2), ...varint(length)]), ...parts]);
}

export function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

/** A repeated double, packed. */
export function doubles(field: number, values: readonly number[]): Uint8Array {
  return bytes(field, doublesOf(values));
}

/** Seven bits a byte, the low ones first. Divided, not shifted: shifts cut to 32 bits. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

function doublesOf(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return bytes;
}
