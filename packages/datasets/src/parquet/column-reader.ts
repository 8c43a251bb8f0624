import { crc32, formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { hexadecimal } from '../bytes/hexadecimal';
import { firstAbove } from '../pictures/first-above';
import type { ColumnChunk, ParquetFooter } from './footer';
import type { PageCache } from './page-cache';
import { type PageHeader, pageHeader } from './page-header';
import { type PageTable, pageTable } from './page-table';
import { dataPage, dictionaryPage, type Page } from './page-values';
import type { ParquetValue } from './values';

/** What is kept of a page: its values, or those of a dictionary. */
export type KeptPage = Page | Awaited<ReturnType<typeof dictionaryPage>>;

/** Reads a column's values, a page at a time. */
export interface ColumnReader {
  /** The value of a row of a row group; undefined for null. */
  read(group: number, row: number): Promise<ParquetValue | undefined>;
}

/**
 * A reader of column `leaf`, the number of which is also that of its chunk in each row group.
 *
 * @param key tells the pages of this file from others' in the cache
 */
export function columnReader(
  file: ByteSource,
  { leaves, groups }: ParquetFooter,
  leafNumber: number,
  key: string,
  cache: PageCache<KeptPage>,
): ColumnReader {
  const leaf = leaves[leafNumber]!;
  const tables = new Map<number, Promise<PageTable>>();

  const tableOf = (where: string, group: number, chunk: ColumnChunk): Promise<PageTable> => {
    let table = tables.get(group);
    if (table === undefined) {
      table = pageTable(where, file, chunk, groups[group]!.rows);
      tables.set(group, table);
      // A failed read may succeed later.
      table.catch(() => tables.delete(group));
    }
    return table;
  };

  const dictionaryOf = async (where: string, group: number, chunk: ColumnChunk, table: PageTable) => {
    const place = table.dictionary;
    if (place === undefined) return undefined;
    const kept = await cache.get(`${key}/${leafNumber}/${group}/dictionary`, async () => {
      const dictionary = `${where}: byte ${place.start}`;
      const { header, packed } = await bytesOf(dictionary, file, place.start, place.end);
      return dictionaryPage(dictionary, header, packed, leaf, chunk.codec);
    });
    return 'values' in kept ? kept.values : undefined;
  };

  return {
    read: async (group, row) => {
      const chunk = groups[group]!.chunks[leafNumber]!;
      const where = `${file.name}: row group ${group}: ${leaf.path.join('.')}`;
      const table = await tableOf(where, group, chunk);
      const number = firstAbove(table.rows, row);
      const first = number === 0 ? 0 : table.rows[number - 1]!;
      const page = await cache.get(`${key}/${leafNumber}/${group}/${number}`, async () => {
        const start = table.starts[number]!;
        const place = `${where}: byte ${start}`;
        const { header, packed } = await bytesOf(place, file, start, table.ends[number]!);
        if (header.values !== table.rows[number]! - first) {
          throw formatError(place, 'must not change while it is open', `${header.values} rows`);
        }
        const dictionary = await dictionaryOf(where, group, chunk, table);
        return dataPage(place, header, packed, leaf, chunk.codec, dictionary);
      });
      return 'at' in page ? page.at(row - first) : undefined;
    },
  };
}

/** A page's header and what follows it, whose checksum is checked if the writer gave it. */
async function bytesOf(
  where: string,
  file: ByteSource,
  start: number,
  end: number,
): Promise<{ header: PageHeader; packed: Uint8Array }> {
  const bytes = await file.read(start, end - start);
  const header = pageHeader(where, bytes);
  const packed = bytes.subarray(header.bytes);
  const { checksum } = header;
  if (checksum !== undefined) assertChecksum(where, checksum, crc32(packed));
  return { header, packed };
}

function assertChecksum(where: string, expected: number, got: number): void {
  if (got === expected) return;
  throw formatError(where, `the checksum must be ${hexadecimal(expected)}`, hexadecimal(got));
}
