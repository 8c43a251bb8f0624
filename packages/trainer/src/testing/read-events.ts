import { crc32c } from '@eigengan/core';

/** A protocol-buffers message taken apart: field number -> its values, in order. */
export type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** The events of an event file, checksums checked; written apart from what writes them. */
export function readEvents(file: Uint8Array): Message[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const events: Message[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    const parts = [file.subarray(at, at + 8), file.subarray(at + 12, at + 12 + length)] as const;
    const masked = [view.getUint32(at + 8, true), view.getUint32(at + 12 + length, true)];
    parts.forEach((part, i) => {
      if (unmasked(masked[i] ?? 0) !== crc32c(part)) throw new Error(`wrong checksum ${i} at ${at}`);
    });
    events.push(readMessage(parts[1]));
    at += 16 + length;
  }
  return events;
}

export function readMessage(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  const take = (length: number) => {
    at += length;
    return at - length;
  };
  while (at < bytes.length) {
    const key = varint();
    const read: Record<number, () => number | Uint8Array> = {
      0: varint,
      1: () => view.getFloat64(take(8), true),
      2: () => {
        const length = varint();
        const start = take(length);
        return Uint8Array.from(bytes.subarray(start, start + length));
      },
      5: () => view.getFloat32(take(4), true),
    };
    const value = read[key & 7]?.();
    if (value === undefined) throw new Error(`wire type ${key & 7} at ${at}`);
    fields.set(key >>> 3, [...(fields.get(key >>> 3) ?? []), value]);
  }
  return fields;
}

function unmasked(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated << 15) | (rotated >>> 17)) >>> 0;
}
