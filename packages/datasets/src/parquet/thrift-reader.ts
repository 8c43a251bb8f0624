import { FormatError, formatError } from '@eigengan/core';
import { ThriftStruct, type ThriftValue } from './thrift-struct';

/** The types of the compact protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md */
const type = {
  stop: 0,
  true: 1,
  false: 2,
  int8: 3,
  int16: 4,
  int32: 5,
  int64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
} as const;

const deepest = 16;
/** Ten times what a set of a thousand row groups has; each takes some hundred bytes. */
const mostObjects = 2 ** 20;

/** Reads the values of Thrift's compact protocol: none that claims more than the bytes that are left. */
export class ThriftReader {
  readonly #where: string;
  readonly #bytes: Uint8Array;
  #at = 0;
  #objects = 0;

  constructor(where: string, bytes: Uint8Array) {
    this.#where = where;
    this.#bytes = bytes;
  }

  /** The place of the next byte. */
  get at(): number {
    return this.#at;
  }

  /** @throws FormatError when the bytes are no struct, or end within it */
  struct(depth = 0): ThriftStruct {
    this.#count(depth);
    const fields = new Map<number, ThriftValue>();
    for (let field = 0; ; ) {
      const head = this.#byte();
      const kind = head & 15;
      if (kind === type.stop) return new ThriftStruct(this.#where, fields);
      field = head >> 4 === 0 ? this.#signed() : field + (head >> 4);
      // In a struct the type is a boolean's value.
      const value = kind === type.true || kind === type.false ? kind === type.true : this.#value(kind, depth);
      fields.set(field, value);
    }
  }

  #value(kind: number, depth: number): ThriftValue {
    switch (kind) {
      case type.true:
      case type.false:
        return this.#byte() === type.true;
      case type.int8:
        return (this.#byte() << 24) >> 24;
      case type.int16:
      case type.int32:
      case type.int64:
        return this.#signed();
      case type.double:
        return new DataView(this.#take(8).slice().buffer).getFloat64(0, true);
      case type.binary:
        return this.#take(this.#unsigned());
      case type.list:
      case type.set:
        return this.#list(depth + 1);
      case type.map:
        return this.#map(depth + 1);
      case type.struct:
        return this.struct(depth + 1);
      default:
        throw formatError(`${this.#where}: byte ${this.#at}`, 'a value must be of type 1 to 12', kind);
    }
  }

  #list(depth: number): readonly ThriftValue[] {
    this.#count(depth);
    const head = this.#byte();
    const length = head >> 4 === 15 ? this.#unsigned() : head >> 4;
    this.#refuseMoreThanLeft(length);
    const values: ThriftValue[] = [];
    for (let i = 0; i < length; i++) values.push(this.#value(head & 15, depth));
    return values;
  }

  /** A map as keys and values in turn; Parquet has none. */
  #map(depth: number): readonly ThriftValue[] {
    this.#count(depth);
    const length = this.#unsigned();
    this.#refuseMoreThanLeft(2 * length);
    const kinds = length === 0 ? 0 : this.#byte();
    const values: ThriftValue[] = [];
    for (let i = 0; i < length; i++)
      values.push(this.#value(kinds >> 4, depth), this.#value(kinds & 15, depth));
    return values;
  }

  #count(depth: number): void {
    if (depth > deepest) throw formatError(this.#where, `may be ${deepest} structs deep`, 'more');
    if (++this.#objects > mostObjects) {
      throw formatError(this.#where, `may have at most ${mostObjects} structs and lists`, 'more');
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) {
      throw new FormatError(`${this.#where}: ends within a value, after ${this.#bytes.length} bytes`);
    }
    return byte;
  }

  #take(length: number): Uint8Array {
    this.#refuseMoreThanLeft(length);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #refuseMoreThanLeft(length: number): void {
    const left = this.#bytes.length - this.#at;
    if (length <= left) return;
    throw formatError(
      `${this.#where}: byte ${this.#at}`,
      `a length may be at most the ${left} bytes left`,
      length,
    );
  }

  #signed(): number {
    const zigzag = this.#unsigned();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  /** Beyond 2^53 inexact, which no field that is used may be. */
  #unsigned(): number {
    let value = 0;
    for (let i = 0; i < 10; i++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    throw formatError(`${this.#where}: byte ${this.#at}`, 'an integer may have at most 10 bytes', 'more');
  }
}
