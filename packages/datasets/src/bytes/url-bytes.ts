import { assertInteger, formatError } from '@eigengan/core';
import { assertWithin, type ByteSource } from './byte-source';
import { bytesInMemory } from './bytes-in-memory';
import { bodyWithin, fetched } from './fetched';

export interface UrlBytesOptions {
  /** The most bytes to hold of a file whose server gives no parts of it; 1 GiB by default. */
  readonly maxBytes?: number | undefined;
}

/** What an empty file has: not even its first byte. */
const noSuchPart = 416;

/**
 * A file on a server, by `fetch`. Read in parts where the server gives parts (HTTP range requests); a page
 * learns so of another site only if that allows it: `Access-Control-Expose-Headers: Content-Range`. Else it is
 * fetched whole, here, and kept.
 *
 * @throws FormatError when there is no such file, or a whole one is larger than `maxBytes`; EigenganError when
 * the server cannot be reached, which is no damage: a later read asks again
 */
export async function urlBytes(
  url: string,
  { maxBytes = 2 ** 30 }: UrlBytesOptions = {},
): Promise<ByteSource> {
  assertInteger('urlBytes: maxBytes', maxBytes, { min: 1 });
  const first = await fetched(url, partHeaders(0, 1), noSuchPart);
  const size = sizeIn(first);
  if (size === undefined) {
    const bytes = await bodyWithin(url, first.status === 200 ? first : await again(url, first), maxBytes);
    if (bytes !== undefined)
      return { ...bytesInMemory(url, bytes), fingerprint: fingerprint(url, bytes.length, first) };
    const rule = `may hold at most maxBytes = ${maxBytes} bytes, as its server gives no parts of it`;
    throw formatError(url, rule, 'more');
  }
  await first.body?.cancel();
  const version = versionOf(first);
  return {
    name: url,
    size,
    fingerprint: fingerprint(url, size, first),
    read: async (offset, length) => {
      assertWithin(url, size, offset, length);
      if (length === 0) return new Uint8Array(0);
      const part = await fetched(url, partHeaders(offset, length));
      if (sizeIn(part) !== size || versionOf(part) !== version) {
        await part.body?.cancel();
        throw formatError(url, `must be the file of ${size} bytes that it was when it was opened`, 'another');
      }
      const bytes = await bodyWithin(url, part, length);
      if (bytes?.length === length) return bytes;
      throw formatError(
        url,
        `the server must give ${length} bytes from ${offset} on`,
        bytes?.length ?? 'more',
      );
    },
    close: async () => undefined,
  };
}

async function again(url: string, part: Response): Promise<Response> {
  await part.body?.cancel();
  return fetched(url);
}

/** Unpacked on the way, parts would not be those of the file; a page asks so by itself. */
function partHeaders(offset: number, length: number): Record<string, string> {
  return { range: `bytes=${offset}-${offset + length - 1}`, 'accept-encoding': 'identity' };
}

/** The size of the whole file, where an answer is a part of it and says so. */
function sizeIn({ status, headers }: Response): number | undefined {
  if (status !== 206 || (headers.get('content-encoding') ?? 'identity') !== 'identity') return undefined;
  const size = /^bytes \d+-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  return size === undefined ? undefined : Number(size);
}

function versionOf({ headers }: Response): string {
  return headers.get('etag') ?? headers.get('last-modified') ?? '';
}

function fingerprint(url: string, size: number, response: Response): string {
  return `${url}: ${size} of ${versionOf(response)}`;
}
