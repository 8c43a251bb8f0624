import { formatError } from '@eigengan/core';

export type ThriftValue = number | boolean | Uint8Array | readonly ThriftValue[] | ThriftStruct;

const decoder = new TextDecoder();

/** A struct's fields by their numbers, each read as what it must be. */
export class ThriftStruct {
  readonly #where: string;
  readonly #fields: ReadonlyMap<number, ThriftValue>;

  constructor(where: string, fields: ReadonlyMap<number, ThriftValue>) {
    this.#where = where;
    this.#fields = fields;
  }

  has(field: number): boolean {
    return this.#fields.has(field);
  }

  /** @param name what the field is called in errors */
  integer(field: number, name: string, max = Number.MAX_SAFE_INTEGER): number {
    const value = this.#fields.get(field);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max) return value;
    throw formatError(this.#where, `${name} must be an integer from 0 to ${max}`, value);
  }

  optionalInteger(field: number, name: string, max?: number): number | undefined {
    return this.#fields.has(field) ? this.integer(field, name, max) : undefined;
  }

  /** A whole number that may be below 0. */
  signed(field: number): number | undefined {
    const value = this.#fields.get(field);
    return typeof value === 'number' ? value : undefined;
  }

  flag(field: number): boolean | undefined {
    const value = this.#fields.get(field);
    return typeof value === 'boolean' ? value : undefined;
  }

  text(field: number, name: string): string {
    const value = this.#fields.get(field);
    if (value instanceof Uint8Array) return decoder.decode(value);
    throw formatError(this.#where, `${name} must be a text`, value);
  }

  struct(field: number, name: string): ThriftStruct {
    const value = this.#fields.get(field);
    if (value instanceof ThriftStruct) return value;
    throw formatError(this.#where, `${name} must be a struct`, value);
  }

  list(field: number, name: string): readonly ThriftValue[] {
    const value = this.#fields.get(field);
    if (Array.isArray(value)) return value;
    throw formatError(this.#where, `${name} must be a list`, value);
  }

  structs(field: number, name: string): readonly ThriftStruct[] {
    return this.list(field, name).map((item) => {
      if (item instanceof ThriftStruct) return item;
      throw formatError(this.#where, `${name} must be structs`, item);
    });
  }
}
