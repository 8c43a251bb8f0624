import { EigenganError, formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import type { ColumnChunk } from './footer';
import { type PageHeader, pageHeader } from './page-header';

/** Where the pages of a column chunk are, and which rows they hold. */
export interface PageTable {
  /** The dictionary's bytes with its header, if there is one. */
  readonly dictionary: { readonly start: number; readonly end: number } | undefined;
  /** Where each data page ends, where it begins, and the number after its last row. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly rows: Uint32Array;
}

/** A header takes some 30 bytes, and more where it holds the smallest and largest value. */
const headerWindows = [2 ** 9, 2 ** 13, 2 ** 17, 2 ** 21];
/** Some writers leave pages without rows. */
const mostEmptyPages = 1000;

/**
 * Finds the pages of a column chunk by hopping from header to header.
 *
 * @param rows how many the row group has
 * @throws FormatError when they do not lie within the chunk, or hold another number of rows
 */
export async function pageTable(
  where: string,
  file: ByteSource,
  { start, end }: ColumnChunk,
  rows: number,
): Promise<PageTable> {
  const starts: number[] = [];
  const ends: number[] = [];
  const lastRows: number[] = [];
  let dictionary: PageTable['dictionary'];
  let row = 0;
  for (let at = start; at < end && row < rows; ) {
    const header = await headerAt(`${where}: byte ${at}`, file, at, end);
    const next = at + header.bytes + header.packed;
    if (next > end) throw formatError(`${where}: byte ${at}`, `the page must end by byte ${end}`, next);
    if (header.kind === 'dictionary') dictionary ??= { start: at, end: next };
    if (header.kind === 'data') {
      row += header.values;
      if (row > rows) throw formatError(`${where}: byte ${at}`, `the pages may hold ${rows} rows`, row);
      starts.push(at);
      ends.push(next);
      lastRows.push(row);
      if (starts.length > rows + mostEmptyPages) throw formatError(where, 'the pages must hold rows', 'none');
    }
    at = next;
  }
  if (row !== rows) throw formatError(where, `the pages must hold ${rows} rows`, row);
  return {
    dictionary,
    starts: Float64Array.from(starts),
    ends: Float64Array.from(ends),
    rows: Uint32Array.from(lastRows),
  };
}

/** Reads more where the header does not end in what was read. */
async function headerAt(where: string, file: ByteSource, at: number, end: number): Promise<PageHeader> {
  for (const window of headerWindows) {
    const bytes = await file.read(at, Math.min(window, end - at));
    try {
      return pageHeader(where, bytes);
    } catch (error) {
      const last = bytes.length === end - at || window === headerWindows[headerWindows.length - 1];
      if (last || !EigenganError.is(error)) throw error;
    }
  }
  throw formatError(where, 'must be a page header', 'none');
}
