import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { mostPictures } from '../pictures/numbered-names';
import { type Leaf, leavesOf } from './schema';
import { ThriftReader } from './thrift-reader';
import type { ThriftStruct } from './thrift-struct';

/** What the end of a Parquet file says of it. */
export interface ParquetFooter {
  readonly leaves: readonly Leaf[];
  readonly groups: readonly RowGroup[];
  /** What programs noted, by key. */
  readonly notes: ReadonlyMap<string, string>;
}

export interface RowGroup {
  readonly rows: number;
  /** As many as there are leaves, and in their order. */
  readonly chunks: readonly ColumnChunk[];
}

/** The values of one column in a row group: pages, one after the other. */
export interface ColumnChunk {
  readonly codec: number;
  readonly start: number;
  readonly end: number;
}

const magicBytes = 4;
/** A length and the magic number. */
const tailBytes = 8;
/** That of a thousand row groups takes less than a megabyte. */
const largestFooter = 2 ** 24;

/**
 * Reads what the end of a Parquet file says (https://parquet.apache.org/docs/file-format/metadata): "PAR1",
 * row groups, the footer as a Thrift struct, its length, "PAR1".
 *
 * @throws FormatError when the file is none, is encrypted, or its parts do not lie within it
 */
export async function parquetFooter(file: ByteSource): Promise<ParquetFooter> {
  const smallest = magicBytes + tailBytes;
  if (file.size < smallest) {
    throw formatError(file.name, `a Parquet file has at least ${smallest} bytes`, file.size);
  }
  assertMagic(file.name, 'begin', await file.read(0, magicBytes));
  const tail = await file.read(file.size - tailBytes, tailBytes);
  assertMagic(file.name, 'end', tail.subarray(magicBytes));
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  const most = Math.min(largestFooter, file.size - smallest);
  if (length > most) {
    throw formatError(
      `${file.name}: byte ${file.size - tailBytes}`,
      `the footer may have ${most} bytes`,
      length,
    );
  }
  const end = file.size - tailBytes - length;
  const where = `${file.name}: footer`;
  const footer = new ThriftReader(where, await file.read(end, length)).struct();
  if (footer.has(8)) throw formatError(where, 'must not be encrypted', 'an encryption algorithm');
  const leaves = leavesOf(where, footer.structs(2, 'schema'));
  const rows = footer.integer(3, 'num_rows', mostPictures);
  const groups = footer.structs(4, 'row_groups').map((group, i) => {
    return rowGroup(`${where}: row group ${i}`, group, leaves.length, end);
  });
  const sum = groups.reduce((total, group) => total + group.rows, 0);
  if (sum !== rows) throw formatError(where, `the row groups must have ${rows} rows, as num_rows says`, sum);
  return { leaves, groups, notes: notesOf(footer) };
}

function assertMagic(where: string, place: 'begin' | 'end', bytes: Uint8Array): void {
  const got = String.fromCharCode(...bytes);
  if (got === 'PAR1') return;
  throw formatError(where, `must ${place} with "PAR1"`, got, {
    hint:
      got === 'PARE'
        ? 'The file is encrypted'
        : place === 'end'
          ? 'The file may be cut off'
          : 'This is no Parquet file',
  });
}

function rowGroup(where: string, group: ThriftStruct, leaves: number, end: number): RowGroup {
  const rows = group.integer(3, 'num_rows', mostPictures);
  const columns = group.structs(1, 'columns');
  if (columns.length !== leaves) {
    throw formatError(where, `must have ${leaves} columns, as the schema`, columns.length);
  }
  // Without rows the columns lie nowhere.
  if (rows === 0) return { rows, chunks: [] };
  return { rows, chunks: columns.map((column, i) => columnChunk(`${where}: column ${i}`, column, end)) };
}

/** @param footer where the footer begins: no column may reach into it */
function columnChunk(where: string, column: ThriftStruct, footer: number): ColumnChunk {
  if (column.has(1)) throw formatError(where, 'must lie in this file', column.text(1, 'file_path'));
  if (column.has(8)) throw formatError(where, 'must not be encrypted', 'a column key');
  const metadata = column.struct(3, 'meta_data');
  const data = metadata.integer(9, 'data_page_offset', footer);
  // Some writers say 0 where there is no dictionary.
  const dictionary = metadata.optionalInteger(11, 'dictionary_page_offset', footer) ?? 0;
  const start = dictionary > 0 ? Math.min(data, dictionary) : data;
  const end = start + metadata.integer(7, 'total_compressed_size', footer);
  if (start < magicBytes || end > footer) {
    throw formatError(where, `must lie in bytes ${magicBytes} to ${footer}`, [start, end]);
  }
  return { codec: metadata.integer(4, 'codec'), start, end };
}

function notesOf(footer: ThriftStruct): Map<string, string> {
  if (!footer.has(5)) return new Map();
  return new Map(
    footer
      .structs(5, 'key_value_metadata')
      .map((note) => [note.text(1, 'key'), note.has(2) ? note.text(2, 'value') : '']),
  );
}
