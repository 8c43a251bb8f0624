import { formatError } from '@eigengan/core';
import { readDeltas } from './deltas';
import type { PageHeader } from './page-header';
import { readRuns, widthOf } from './runs';
import type { Leaf } from './schema';
import { unpack } from './unpack';
import { dictionaryValues, lengthsFirst, type ParquetValue, plainValues, type Values } from './values';

/** What a page holds: a value, or null, for each of its rows. */
export interface Page {
  /** What it takes in memory. */
  readonly bytes: number;
  at(row: number): ParquetValue | undefined;
}

/** By the numbers that files have for them: https://parquet.apache.org/docs/file-format/data-pages/encodings */
const encodings = [
  'PLAIN',
  'encoding 1',
  'PLAIN_DICTIONARY',
  'RLE',
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'RLE_DICTIONARY',
  'BYTE_STREAM_SPLIT',
];

/** The values of a dictionary page, whose `packed` bytes follow its header. */
export async function dictionaryPage(
  where: string,
  header: PageHeader,
  packed: Uint8Array,
  leaf: Leaf,
  codec: number,
): Promise<{ readonly values: Values; readonly bytes: number }> {
  const bytes = await unpack(where, codec, packed, header.unpacked);
  return { values: plainValues(where, leaf.type, bytes, header.values), bytes: header.unpacked };
}

/**
 * The values of a data page, of version 1 or 2.
 *
 * @throws FormatError when it is damaged, or encoded in a way that is not read
 */
export async function dataPage(
  where: string,
  header: PageHeader,
  packed: Uint8Array,
  leaf: Leaf,
  codec: number,
  dictionary: Values | undefined,
): Promise<Page> {
  const { levels, definitions, body } = await partsOf(where, header, packed, leaf, codec);
  const places = levels === undefined ? undefined : placesOf(levels, leaf.definition);
  const count = places === undefined ? header.values : places.count;
  const values = decoded(where, header.encoding, body, leaf, count, dictionary);
  return {
    // With what tells where each value begins.
    bytes: header.unpacked + definitions + 8 * header.values,
    at: (row) => {
      const place = places === undefined ? row : places.at[row]!;
      return place < 0 ? undefined : values.at(place);
    },
  };
}

/** The levels and the values of a page, unpacked. */
async function partsOf(where: string, header: PageHeader, packed: Uint8Array, leaf: Leaf, codec: number) {
  const width = widthOf(leaf.definition);
  if (header.levels !== undefined) {
    const { repetition, definition, packed: isPacked } = header.levels;
    const begin = repetition + definition;
    const rest = packed.subarray(begin);
    const size = header.unpacked - begin;
    const body = isPacked ? await unpack(where, codec, rest, size) : rest;
    const runs = packed.subarray(repetition, begin);
    const levels = width === 0 ? undefined : readRuns(`${where}: levels`, runs, width, header.values);
    return { levels, definitions: definition, body };
  }
  const bytes = await unpack(where, codec, packed, header.unpacked);
  if (width === 0) return { levels: undefined, definitions: 0, body: bytes };
  if (bytes.length < 4) throw formatError(where, 'must begin with the length of its levels', bytes.length);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (4 + length > bytes.length) {
    throw formatError(where, `the levels may have ${bytes.length - 4} bytes`, length);
  }
  const runs = bytes.subarray(4, 4 + length);
  const levels = readRuns(`${where}: levels`, runs, width, header.values);
  return { levels, definitions: 0, body: bytes.subarray(4 + length) };
}

/** Which value each row has, -1 for null; undefined when none is null. */
function placesOf(levels: Uint32Array, defined: number): { at: Int32Array; count: number } | undefined {
  const at = new Int32Array(levels.length);
  let count = 0;
  for (let row = 0; row < levels.length; row++) at[row] = levels[row] === defined ? count++ : -1;
  return count === levels.length ? undefined : { at, count };
}

function decoded(
  where: string,
  encoding: number,
  bytes: Uint8Array,
  leaf: Leaf,
  count: number,
  dictionary: Values | undefined,
): Values {
  const name = encodings[encoding] ?? `encoding ${encoding}`;
  const integers = leaf.type === 'INT32' || leaf.type === 'INT64';
  // A page of nulls alone may hold nothing else.
  if (count === 0) return plainValues(where, leaf.type, new Uint8Array(0), 0);
  if (name === 'PLAIN') return plainValues(where, leaf.type, bytes, count);
  if (name === 'PLAIN_DICTIONARY' || name === 'RLE_DICTIONARY') {
    if (dictionary === undefined) throw formatError(where, 'needs a dictionary page', 'none before it');
    const width = bytes[0];
    if (width === undefined) throw formatError(where, 'must begin with the width of its numbers', 'nothing');
    return dictionaryValues(where, dictionary, readRuns(where, bytes.subarray(1), width, count));
  }
  if (name === 'RLE' && leaf.type === 'BOOLEAN') {
    // Four bytes of length come before.
    const flags = readRuns(where, bytes.subarray(4), 1, count);
    return { count, at: (i) => flags[i]! };
  }
  if (name === 'DELTA_BINARY_PACKED' && integers) {
    const { numbers } = readDeltas(where, bytes, count);
    return { count, at: (i) => numbers[i]! };
  }
  if (name === 'DELTA_LENGTH_BYTE_ARRAY' && leaf.type === 'BYTE_ARRAY') {
    const { numbers, end } = readDeltas(where, bytes, count);
    return lengthsFirst(where, bytes.subarray(end), numbers);
  }
  throw formatError(where, `${leaf.type} cannot be read in this encoding`, name, {
    hint: 'Write the file again with the default encodings, e.g. by pyarrow.parquet.write_table',
  });
}
