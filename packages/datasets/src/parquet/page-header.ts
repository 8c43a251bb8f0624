import { formatError } from '@eigengan/core';
import { ThriftReader } from './thrift-reader';

/** What stands before a page, of the kinds that hold values. */
export interface PageHeader {
  readonly kind: 'data' | 'dictionary' | 'other';
  /** How many bytes the header itself takes. */
  readonly bytes: number;
  /** The bytes that follow, and what they unpack to. */
  readonly packed: number;
  readonly unpacked: number;
  /** CRC-32 of the bytes that follow, if the writer gave it. */
  readonly checksum: number | undefined;
  /** Nulls too. */
  readonly values: number;
  readonly encoding: number;
  /** In version 2 levels stand apart before the values, not packed; undefined in version 1. */
  readonly levels:
    | { readonly repetition: number; readonly definition: number; readonly packed: boolean }
    | undefined;
}

/** Far beyond any page of pictures; what a header claims must not fill the memory. */
const largestPage = 2 ** 30;
const kinds: Readonly<Record<number, PageHeader['kind']>> = { 0: 'data', 2: 'dictionary', 3: 'data' };

/**
 * The page header at the beginning of `bytes`.
 *
 * @throws FormatError when it is none, or they end within it
 */
export function pageHeader(where: string, bytes: Uint8Array): PageHeader {
  const reader = new ThriftReader(`${where}: page header`, bytes);
  const header = reader.struct();
  const type = header.integer(1, 'type');
  const kind = kinds[type] ?? 'other';
  const unpacked = header.integer(2, 'uncompressed_page_size', largestPage);
  const packed = header.integer(3, 'compressed_page_size', largestPage);
  const checksum = header.signed(4);
  const common = {
    kind,
    bytes: reader.at,
    packed,
    unpacked,
    checksum: checksum === undefined ? undefined : checksum >>> 0,
  };
  if (kind === 'other') return { ...common, values: 0, encoding: 0, levels: undefined };
  const second = type === 3;
  const page = header.struct(kind === 'dictionary' ? 7 : second ? 8 : 5, 'the header of its type');
  const values = page.integer(1, 'num_values', largestPage);
  const encoding = page.integer(second ? 4 : 2, 'encoding');
  if (!second) return { ...common, values, encoding, levels: undefined };
  const levels = {
    definition: page.integer(5, 'definition_levels_byte_length', packed),
    repetition: page.integer(6, 'repetition_levels_byte_length', packed),
    packed: page.flag(7) ?? true,
  };
  const both = levels.definition + levels.repetition;
  if (both > Math.min(packed, unpacked)) {
    throw formatError(
      where,
      `the levels may have at most the page's ${Math.min(packed, unpacked)} bytes`,
      both,
    );
  }
  return { ...common, values, encoding, levels };
}
