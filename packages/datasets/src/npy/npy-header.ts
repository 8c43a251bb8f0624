import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { type NumberType, numberTypes } from './number-type';
import { type PythonDict, type PythonValue, pythonLiteral } from './python-literal';

/** What an .npy file says of its array. */
export interface NpyHeader {
  readonly type: NumberType;
  readonly littleEndian: boolean;
  /** Whether the first dimension varies fastest. */
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly start: number;
}

/** A hundred times what numpy writes for an array of numbers. */
const longestDict = 2 ** 16;
/** The magic number, version and length before it. */
export const longestHeader = 12 + longestDict;
const keys = ['descr', 'fortran_order', 'shape'];

/**
 * Reads the header of an .npy file, version 1, 2 or 3
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): the bytes 93 "NUMPY", the version,
 * the header's length (2 bytes in version 1, else 4, little-endian), and a Python dict of `keys`.
 *
 * @throws FormatError when the file is none, its numbers are of a type that pictures are not made of, or its
 * length is not what the header says
 */
export async function npyHeader(file: ByteSource): Promise<NpyHeader> {
  const where = file.name;
  const head = await file.read(0, Math.min(12, file.size));
  if (!isNpy(head)) {
    throw formatError(where, 'an .npy file begins with the bytes 147, 78, 85, 77, 80, 89', [
      ...head.subarray(0, 6),
    ]);
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 12) throw formatError(where, 'an .npy file has at least 12 bytes', head.length);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) throw formatError(where, 'the version must be 1, 2 or 3', version);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const begin = version === 1 ? 10 : 12;
  if (length > longestDict) {
    throw formatError(where, `the header may have at most ${longestDict} bytes`, length);
  }
  if (begin + length > file.size) {
    throw formatError(where, `the header must end at byte ${begin + length}`, `${file.size} bytes`);
  }
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(await file.read(begin, length));
  const header = fieldsOf(`${where}: header`, pythonLiteral(`${where}: header`, text));
  const start = begin + length;
  const expected = start + header.type.size * header.shape.reduce((product, size) => product * size, 1);
  if (file.size !== expected) {
    const rule = `shape [${header.shape.join(', ')}] of ${header.type.name} needs a file of ${expected} bytes`;
    throw formatError(where, rule, file.size);
  }
  return { ...header, start };
}

/** Whether bytes begin as an .npy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, i) => bytes[i] === byte);
}

function fieldsOf(where: string, value: PythonValue): Omit<NpyHeader, 'start'> {
  if (!(value instanceof Map)) throw formatError(where, 'must be a Python dict', value);
  const dict: PythonDict = value;
  if (dict.size !== keys.length || !keys.every((key) => dict.has(key))) {
    throw formatError(where, `must have the keys ${keys.join(', ')}`, [...dict.keys()]);
  }
  const fortran = dict.get('fortran_order');
  if (typeof fortran !== 'boolean') {
    throw formatError(where, 'fortran_order must be True or False', fortran);
  }
  const sizes = dict.get('shape');
  const shape: number[] = [];
  if (!Array.isArray(sizes)) throw formatError(where, 'shape must be a tuple', sizes);
  for (const size of sizes) {
    if (typeof size !== 'number') throw formatError(where, 'shape must be a tuple of numbers', sizes);
    shape.push(size);
  }
  return { ...numbersOf(where, dict.get('descr')), fortran, shape };
}

/** The type of number that a dtype's text stands for: `<f4` is a little-endian float32. */
function numbersOf(where: string, descr: PythonValue | undefined): Pick<NpyHeader, 'type' | 'littleEndian'> {
  const rule = 'the numbers must be bool, int8 .. int64, uint8 .. uint64 or float16 .. float64';
  if (Array.isArray(descr)) throw formatError(where, rule, 'a structured dtype');
  if (typeof descr !== 'string') throw formatError(where, rule, descr);
  if (/^\|?O/.test(descr)) {
    throw formatError(where, rule, 'Python objects', {
      hint: 'Objects are pickles, which are programs and never run here: save an array of numbers',
    });
  }
  const order = descr.charAt(0);
  const code = descr.slice(1);
  const type = Object.hasOwn(numberTypes, code) ? numberTypes[code] : undefined;
  if (type === undefined || !'<>|'.includes(order) || (order === '|' && type.size > 1)) {
    throw formatError(where, rule, descr);
  }
  return { type, littleEndian: order !== '>' };
}
