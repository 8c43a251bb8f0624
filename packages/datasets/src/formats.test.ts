import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FormatError } from '@eigengan/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cifarFiles, npyFile, npzFile, parquetFiles, tfrecordFiles, zipFile } from './node';
import arrays from './npy/numpy-fixtures.json';
import tables from './parquet/pyarrow-fixtures.json';
import records from './tfrecord/tensorflow-fixtures.json';
import zips from './zip/zipfile-fixtures.json';

let folder: string;
let server: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formats-'));
  server = createServer(({ url }, response) => createReadStream(join(folder, `${url}`)).pipe(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? Buffer.from(content, 'base64') : content);
  return path;
}

const first = async ({ read }: { read(index: number): Promise<Uint8Array> }) =>
  Array.from(await read(0)).slice(0, 3);

describe('the formats in Node', () => {
  it('take a path, a file: URL, or an http one', async () => {
    const path = await put('a.npy', arrays['|u1']);
    const address = server.address();
    const root = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const options = { size: 8, fit: 'stretch' } as const;
    const images = [];
    for (const place of [path, pathToFileURL(path), `${root}/a.npy`, new URL(`${root}/a.npy`)]) {
      const set = await npyFile(place, options);
      expect(set).toMatchObject({ length: 3, shape: [8, 8, 1] });
      images.push(await set.read(2));
      await set.close();
    }
    expect(new Set(images.map(String)).size).toBe(1);
    await expect(npyFile(join(folder, 'absent.npy'))).rejects.toThrow(FormatError);
    await expect(Reflect.apply(npyFile, undefined, [7])).rejects.toThrow(
      'a file must be a path or a URL, got 7',
    );
  });

  it('make images of a zip archive', async () => {
    const path = await put('a.zip', zips.labelled);
    const set = await zipFile(path, { size: 8, workers: 0 });
    expect(set).toMatchObject({ length: 4, labels: [0, 2, 1, 0], shape: [8, 8, 3] });
    await expect(set.read(0)).rejects.toThrow('00000/img0.png: must hold one of');
    await set.close();
    await expect(Reflect.apply(zipFile, undefined, [path])).rejects.toThrow('zipFile: size: must be given');
    await expect(Reflect.apply(zipFile, undefined, [path, { size: 8, label: 1 }])).rejects.toThrow(
      'Did you mean',
    );
  });

  it('make images of all the others, taking the files that options name', async () => {
    const labels = await put('labels.npy', arrays.labels);
    expect((await npyFile(await put('b.npy', arrays['|u1']), { size: 8, labels })).labels).toHaveLength(3);
    const npz = await put('c.npz', arrays.savez);
    expect((await npzFile(npz, { size: 8 })).length).toBe(3);
    const cifar = await put('d.bin', Uint8Array.of(3, ...new Uint8Array(3072).fill(9)));
    const set = await cifarFiles([cifar]);
    expect(set).toMatchObject({ length: 1, labels: [3], shape: [32, 32, 3] });
    expect(await first(set)).toEqual([9, 9, 9]);
    const record = await put('e.tfrecords', records.encoded);
    const pictures = await tfrecordFiles([record], { size: 8, labels: true, workers: 0 });
    expect(pictures.labels).toHaveLength(pictures.length);
    expect(await first(pictures)).toEqual([0, 0, 0]);
    const table = await put('f.parquet', tables.none);
    expect(await parquetFiles([table], { size: 8 })).toMatchObject({ length: 12, shape: [8, 8, 3] });
    for (const open of [cifarFiles, tfrecordFiles, parquetFiles]) {
      await expect(Reflect.apply(open, undefined, [cifar, { size: 8 }])).rejects.toThrow(
        'needs a list of files',
      );
    }
  });
});
