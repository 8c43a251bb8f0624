import { formatError } from '@eigengan/core';
import { bodyWithin, fetched } from '../bytes/fetched';
import { limited } from '../concurrency/limited';
import { mostFileBytes } from '../pictures/whole-file';
import type { ListedFile } from './listed-file';

/** Files on servers, at most `requests` of them fetched at a time. */
export function listUrls(urls: readonly string[], requests: number): ListedFile[] {
  const inTurn = limited(requests);
  return urls.map((url) => ({
    name: url,
    version: 'unknown',
    bytes: () =>
      inTurn(async () => {
        const bytes = await bodyWithin(url, await fetched(url), mostFileBytes);
        if (bytes !== undefined) return bytes;
        throw formatError(url, `may hold at most ${mostFileBytes} bytes`, 'more');
      }),
  }));
}
