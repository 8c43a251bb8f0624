import { formatError } from '@eigengan/core';

/** A field of a protobuf message: a number of a fixed size or a varint as `bigint`, all else as its bytes. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

/** The wire types (https://protobuf.dev/programming-guides/encoding): 3 and 4, groups, are not in use. */
const varint = 0;
const fixed64 = 1;
const delimited = 2;
const fixed32 = 5;

/**
 * The fields of a protobuf message, in their order.
 *
 * @throws FormatError when one does not end within the message, or is of an unknown kind
 */
export function* wireFields(where: string, message: Uint8Array): Generator<WireField> {
  let at = 0;
  while (at < message.length) {
    const tag = readVarint(where, message, at);
    at = tag.end;
    const type = Number(tag.value & 7n);
    const number = Number(tag.value >> 3n);
    if (number < 1 || number > 2 ** 29 - 1) throw formatError(where, 'a field must have a number', number);
    if (type === varint) {
      const { value, end } = readVarint(where, message, at);
      yield { number, value };
      at = end;
    } else if (type === fixed64 || type === fixed32 || type === delimited) {
      let length = type === fixed64 ? 8 : 4;
      if (type === delimited) {
        const stated = readVarint(where, message, at);
        length = Number(stated.value);
        at = stated.end;
      }
      const rest = message.length - at;
      if (length > rest) throw formatError(where, `field ${number} may have ${rest} bytes`, length);
      yield { number, value: message.subarray(at, at + length) };
      at += length;
    } else {
      throw formatError(where, `field ${number} must be of wire type 0, 1, 2 or 5`, type);
    }
  }
}

/** The integers of a packed list. */
export function* packedVarints(where: string, list: Uint8Array): Generator<bigint> {
  for (let at = 0; at < list.length; ) {
    const { value, end } = readVarint(where, list, at);
    yield value;
    at = end;
  }
}

/** An unsigned integer of 64 bits, 7 bits a byte, the lowest first; most have one byte. */
function readVarint(where: string, bytes: Uint8Array, start: number): { value: bigint; end: number } {
  const first = bytes[start];
  if (first !== undefined && first < 0x80) return { value: BigInt(first), end: start + 1 };
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) throw formatError(where, 'an integer must end within its message', 'its end');
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: start + i + 1 };
  }
  throw formatError(where, 'an integer may have at most 10 bytes', 'more');
}
