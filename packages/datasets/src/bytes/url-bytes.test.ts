import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { EigenganError, FormatError } from '@eigengan/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlBytes } from './url-bytes';

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const asked: string[] = [];
let server: Server;
let root = '';
let etag = '"1"';

/** Serves parts of /parts, the whole of /whole, and fails as the path says. */
function serve({ url = '', headers: { range } }: IncomingMessage, response: ServerResponse): void {
  asked.push(`${url} ${range}`);
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const status = /^\/(\d+)$/.exec(url)?.[1];
  if (status !== undefined) response.writeHead(Number(status)).end('no');
  else if (url === '/cut')
    response.writeHead(200, { 'content-length': 1000 }).write('x', () => response.destroy());
  else if (url === '/endless') {
    const more = () => {
      while (response.write(bytes));
    };
    response.writeHead(200).on('drain', more);
    more();
  } else if (url === '/empty') {
    if (range === undefined) response.writeHead(200).end();
    else response.writeHead(416, { 'content-range': 'bytes */0' }).end();
  } else if (url === '/parts' && from !== undefined) {
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/1000`, etag });
    response.end(bytes.subarray(Number(from), Number(to) + 1));
  } else if (url === '/short' && from !== undefined) {
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/1000` }).end('x');
  } else response.writeHead(200, { 'last-modified': 'today' }).end(bytes);
}

beforeAll(async () => {
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  root = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('urlBytes', () => {
  it('reads parts of a file, where the server gives them', async () => {
    asked.length = 0;
    const file = await urlBytes(`${root}/parts`, { maxBytes: 10 });
    expect(file).toMatchObject({ name: `${root}/parts`, size: 1000 });
    expect(await file.read(300, 50)).toEqual(bytes.subarray(300, 350));
    expect(await file.read(1000, 0)).toHaveLength(0);
    expect(asked).toEqual(['/parts bytes=0-0', '/parts bytes=300-349']);
    await expect(file.read(990, 11)).rejects.toThrow(`${root}/parts: must reach to byte 1001`);
    await file.close();
  });

  it('fetches a file whole, once, where it does not, and no more than is allowed', async () => {
    asked.length = 0;
    const file = await urlBytes(`${root}/whole`);
    expect(await file.read(10, 90)).toEqual(bytes.subarray(10, 100));
    expect(await file.read(0, 1000)).toEqual(bytes);
    expect(asked).toEqual(['/whole bytes=0-0']);
    expect((await urlBytes(`${root}/empty`)).size).toBe(0);
    const refused = urlBytes(`${root}/whole`, { maxBytes: 999 });
    await expect(refused).rejects.toThrow(
      'may hold at most maxBytes = 999 bytes, as its server gives no parts of it, got "more"',
    );
    await expect(urlBytes(`${root}/endless`, { maxBytes: 1e6 })).rejects.toThrow(FormatError);
  });

  it('finds that a file became another', async () => {
    const file = await urlBytes(`${root}/parts`);
    etag = '"2"';
    await expect(file.read(0, 5)).rejects.toThrow(
      'must be the file of 1000 bytes that it was when it was opened',
    );
    expect((await urlBytes(`${root}/parts`)).fingerprint).not.toBe(file.fingerprint);
    await expect((await urlBytes(`${root}/short`)).read(0, 5)).rejects.toThrow(
      'must give 5 bytes from 0 on, got 1',
    );
  });

  it('tells a file that is not there from a server that fails', async () => {
    await expect(urlBytes(`${root}/404`)).rejects.toThrow(
      `${root}/404: cannot be read: the server answers 404 Not Found`,
    );
    await expect(urlBytes(`${root}/404`)).rejects.toBeInstanceOf(FormatError);
    for (const failing of ['/503', '/429', '/cut']) {
      const error = await urlBytes(root + failing).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(EigenganError);
      expect(error).not.toBeInstanceOf(FormatError);
    }
    await expect(urlBytes('http://127.0.0.1:1/a')).rejects.toThrow(
      'http://127.0.0.1:1/a: cannot be reached: ',
    );
  });
});
