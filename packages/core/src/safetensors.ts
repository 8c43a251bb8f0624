import { argumentError, formatError } from './errors';

const elementTypes = {
  float32: { code: 'F32', array: Float32Array },
  float64: { code: 'F64', array: Float64Array },
  int32: { code: 'I32', array: Int32Array },
  uint8: { code: 'U8', array: Uint8Array },
} as const;

export type ElementType = keyof typeof elementTypes;

/** An array with its shape: a tensor outside any backend. */
export interface TensorRecord {
  readonly dtype: ElementType;
  /** [] for a scalar. */
  readonly shape: readonly number[];
  /** Row-major, as long as the product of `shape`. */
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

export interface SafetensorsFile {
  readonly tensors: Record<string, TensorRecord>;
  readonly metadata: Record<string, string>;
}

const where = 'safetensors';
const metadataKey = '__metadata__';
/** The format's own limit on its header, in bytes. */
const longestHeader = 100_000_000;

/**
 * Writes tensors in the safetensors format (https://github.com/huggingface/safetensors): eight bytes of
 * header length, a JSON header, then the little-endian data in the order given.
 *
 * @throws FormatError when a shape and its data differ in length, or a name is the format's own
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, TensorRecord>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: [name: string, entry: unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push([metadataKey, metadata]);
  let offset = 0;
  for (const [name, tensor] of Object.entries(tensors)) {
    if (name === metadataKey) throw formatError(where, `a tensor may not be called ${metadataKey}`, name);
    if (!elementTypeNames.includes(tensor.dtype)) {
      throw formatError(
        `${where}: ${name}`,
        `dtype must be one of ${elementTypeNames.join(', ')}`,
        tensor.dtype,
      );
    }
    if (!isSizes(tensor.shape)) {
      throw formatError(`${where}: ${name}`, 'shape must be an array of sizes', tensor.shape);
    }
    const { code, array } = elementTypes[tensor.dtype];
    if (!(tensor.data instanceof array)) {
      throw formatError(`${where}: ${name}`, `${tensor.dtype} data must be a ${array.name}`, tensor.data);
    }
    if (tensor.data.length !== sizeOf(tensor.shape)) {
      const rule = `shape [${tensor.shape.join(', ')}] needs ${sizeOf(tensor.shape)} elements`;
      throw formatError(`${where}: ${name}`, rule, tensor.data.length);
    }
    const end = offset + tensor.data.byteLength;
    header.push([name, { dtype: code, shape: tensor.shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // Spaces after the JSON align the data to eight bytes, which the format recommends.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + offset).fill(0x20, 8, 8 + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  let position = 8 + headerLength;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file. The tensors are copies: `bytes` may be reused.
 *
 * @throws FormatError when the bytes are not a whole, consistent safetensors file, or hold an element type
 * other than F32, F64, I32 and U8; ArgumentError when there are no bytes
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (!(bytes instanceof Uint8Array)) throw argumentError(where, 'needs the bytes as a Uint8Array', bytes);
  if (bytes.length < 8) throw formatError(where, 'a file has at least 8 bytes', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > longestHeader || headerLength > bytes.length - 8) {
    throw formatError(
      where,
      `the header must fit into the ${bytes.length - 8} bytes that follow`,
      headerLength,
    );
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerLength));
  // Not a subarray: slicing Node's Buffer shares memory, slicing a Uint8Array copies.
  const bodyStart = 8 + headerLength;
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset + bodyStart, bytes.length - bodyStart);
  const tensors: [name: string, tensor: TensorRecord][] = [];
  let metadata: Record<string, string> = {};
  const ranges: { name: string; start: number; end: number }[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === metadataKey) {
      metadata = parseMetadata(entry);
      continue;
    }
    const { dtype, shape, start, end } = parseEntry(name, entry);
    const { array } = elementTypes[dtype];
    const length = sizeOf(shape);
    if (end - start !== length * array.BYTES_PER_ELEMENT || end > body.length) {
      const rule = `${length} elements of ${dtype} must lie within ${body.length} bytes of data`;
      throw formatError(`${where}: ${name}`, rule, [start, end]);
    }
    ranges.push({ name, start, end });
    // A copy aligns the data: a typed array cannot start at any byte.
    const copy = body.slice(start, end).buffer;
    tensors.push([name, { dtype, shape, data: new array(copy) }]);
  }
  // The header may list the tensors in any order, but together they cover the data without gap or overlap.
  let covered = 0;
  for (const { name, start, end } of ranges.sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== covered)
      throw formatError(`${where}: ${name}`, `its data must start at byte ${covered}`, start);
    covered = end;
  }
  if (covered !== body.length) {
    throw formatError(where, `the header describes ${covered} bytes of data`, body.length);
  }
  return { tensors: Object.fromEntries(tensors), metadata };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw formatError(where, 'the header must be JSON', new TextDecoder().decode(bytes.subarray(0, 40)), {
      cause,
    });
  }
  if (!isRecord(header)) throw formatError(where, 'the header must be a JSON object', header);
  return header;
}

function parseMetadata(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw formatError(`${where}: ${metadataKey}`, 'must be an object', value);
  const texts = Object.entries(value).map(([key, text]): [string, string] => {
    if (typeof text !== 'string')
      throw formatError(`${where}: ${metadataKey}.${key}`, 'must be a text', text);
    return [key, text];
  });
  return Object.fromEntries(texts);
}

function parseEntry(name: string, entry: unknown) {
  const at = `${where}: ${name}`;
  if (!isRecord(entry)) throw formatError(at, 'must be an object', entry);
  const { dtype: code, shape, data_offsets: offsets } = entry;
  const dtype = elementTypeNames.find((candidate) => elementTypes[candidate].code === code);
  if (dtype === undefined) {
    const readable = elementTypeNames.map((candidate) => elementTypes[candidate].code);
    throw formatError(at, `dtype must be one of ${readable.join(', ')}`, code);
  }
  if (!isSizes(shape)) throw formatError(at, 'shape must be an array of sizes', shape);
  if (!isSizes(offsets) || offsets.length !== 2) throw formatError(at, 'data_offsets must be two', offsets);
  const [start = 0, end = 0] = offsets;
  return { dtype, shape, start, end };
}

const elementTypeNames: readonly ElementType[] = ['float32', 'float64', 'int32', 'uint8'];

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
