import '@tensorflow/tfjs-backend-cpu';
import { crc32 } from '@eigengan/core';
import { loader } from '@eigengan/datasets';
import {
  type ChosenFile,
  cifarFiles,
  idxFile,
  imageFiles,
  npyFile,
  zipFile,
} from '@eigengan/datasets/browser';
import { describe, expect, it } from 'vitest';

/** A PNG of one color, 12 x 10. */
async function png(red: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(12, 10);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = `rgb(${red} 20 40)`;
  context.fillRect(0, 0, 12, 10);
  return canvas.convertToBlob({ type: 'image/png' });
}

const file = async (name: string, red: number) => new File([await png(red)], name);
/** A file as a choice of a whole folder gives it. */
async function inFolder(path: string, red: number): Promise<File> {
  const chosen = await file(path.slice(path.lastIndexOf('/') + 1), red);
  return Object.defineProperty(chosen, 'webkitRelativePath', { value: path });
}

/** A folder of the origin's own file system, which pages have without asking. */
async function folderOf(
  name: string,
  reds: Readonly<Record<string, number>>,
): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true }).catch(() => undefined);
  const top = await root.getDirectoryHandle(name, { create: true });
  for (const [path, red] of Object.entries(reds)) {
    const parts = path.split('/');
    let folder = top;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const handle = await folder.getFileHandle(parts.at(-1) ?? '', { create: true });
    const writable = await handle.createWritable();
    await writable.write(await png(red));
    await writable.close();
  }
  return top;
}

const size = 8;
const reds = async (set: { length: number; read(i: number): Promise<Uint8Array> }) =>
  Promise.all(Array.from({ length: set.length }, async (_, i) => (await set.read(i))[0]));

describe('imageFiles', () => {
  it('takes the images of a list of files, sorted by name', async () => {
    const files = [
      await file('b.PNG', 2),
      await file('notes.txt', 9),
      await file('a.png', 1),
      await file('._a.png', 9),
    ];
    const set = await imageFiles(files, { size });
    expect(set).toMatchObject({ names: ['a.png', 'b.PNG'], shape: [8, 8, 3], labels: undefined });
    expect(await reds(set)).toEqual([1, 2]);
    await set.close();
    const transfer = new DataTransfer();
    for (const one of files) transfer.items.add(one);
    const dropped = await imageFiles(transfer.files, { size, workers: 0 });
    expect(dropped.names).toEqual(set.names);
    expect(await reds(dropped)).toEqual([1, 2]);
  });

  it('takes those of a folder that was chosen, and its folders as classes', async () => {
    const files = [await inFolder('set/dog/b.png', 2), await inFolder('set/cat/a.png', 1)];
    files.push(await inFolder('set/.thumbs/a.png', 9));
    const set = await imageFiles(files, { size, labels: 'folders', workers: 0 });
    expect(set).toMatchObject({ names: ['cat/a.png', 'dog/b.png'], labels: [0, 1], classes: ['cat', 'dog'] });
    expect(await reds(set)).toEqual([1, 2]);
  });

  it('takes those of the handle of a folder, with the folders in it, or of files', async () => {
    const content = { 'dog/2/c.png': 3, 'cat/a.png': 1, 'dog/b.png': 2, '.hidden/x.png': 9, 'readme.md': 9 };
    const folder = await folderOf('set', content);
    const set = await imageFiles(folder, { size, labels: 'folders', workers: 0 });
    expect(set).toMatchObject({
      names: ['cat/a.png', 'dog/2/c.png', 'dog/b.png'],
      labels: [0, 1, 1],
      classes: ['cat', 'dog'],
    });
    expect(await reds(set)).toEqual([1, 3, 2]);
    const [dog, cat] = [await folder.getDirectoryHandle('dog'), await folder.getDirectoryHandle('cat')];
    const single: ChosenFile = await cat.getFileHandle('a.png');
    expect((await imageFiles([dog, cat], { size })).names).toEqual(set.names);
    expect((await imageFiles(single, { size })).names).toEqual(['a.png']);
    await cat.removeEntry('a.png');
    await expect(set.original(0)).resolves.toMatchObject({ height: 10, width: 12 });
    const gone = await imageFiles([single, await file('b.png', 2)], { size, workers: 0 });
    await expect(gone.read(0)).rejects.toThrow('a.png: cannot be read: ');
    expect(gone.damaged).toMatchObject([{ index: 0, name: 'a.png' }]);
  });

  it('fetches URLs, and lists one that is not there as damaged', async () => {
    const urls = [1, 2].map(async (red) => URL.createObjectURL(await png(red)));
    const missing = new URL('/no-such-image.png', location.href).href;
    const set = await imageFiles([...(await Promise.all(urls)), missing], { size, workers: 0, requests: 2 });
    expect([await set.read(1), await set.read(0)].map(([red]) => red)).toEqual([2, 1]);
    expect(await set.decodeAll()).toMatchObject([
      { index: 2, name: missing, reason: 'cannot be read: the server answers 404 Not Found' },
    ]);
  });

  it('feeds the loader', async () => {
    const files = await Promise.all([10, 20, 30, 40].map((red) => file(`${red}.png`, red)));
    const set = await imageFiles(files, { size });
    for await (const { images, index } of loader(set, { batch: 4, epochs: 1 })) {
      const values = await images.data();
      expect(images.shape).toEqual([4, 8, 8, 3]);
      for (const [i, number] of index.entries()) {
        expect(values[i * 192]).toBeCloseTo((10 * (number + 1)) / 127.5 - 1, 5);
      }
      images.dispose();
    }
  });

  it('refuses what are no images, and bad options', async () => {
    const bad: [files: unknown, options: unknown, says: string][] = [
      [[], { size }, 'imageFiles: must hold images (.jpg'],
      [[await file('a.txt', 1)], { size }, 'got "none, and 1 other files"'],
      ['a.png', { size }, 'imageFiles: needs a FileList, a list of Files, handles or URLs, or a handle'],
      [[await file('a.png', 1), 5], { size }, 'each must be a File or a handle, or all of them URLs, got 5'],
      [['a.png'], { size, requests: 0 }, 'imageFiles: requests'],
      [['a.png'], { size, label: 1 }, 'imageFiles: must have no options but'],
      [['a.png'], undefined, 'imageFiles: needs options with a size'],
      [
        [await file('a.png', 1)],
        { size, labels: 'folders' },
        "labels: 'folders' needs each image in a folder",
      ],
      [[await file('a.png', 1)], { size, cache: 'here' }, 'imageFiles: cache'],
    ];
    for (const [files, options, says] of bad) {
      await expect(Reflect.apply(imageFiles, undefined, [files, options])).rejects.toThrow(says);
    }
  });
});

describe('formats in a page', () => {
  it('reads a zip archive of a Blob or a URL', async () => {
    const archive = new Blob([storedZip('d/a.png', new Uint8Array(await (await png(7)).arrayBuffer()))]);
    for (const place of [archive, new File([archive], 'set.zip'), URL.createObjectURL(archive)]) {
      const set = await zipFile(place, { size, labels: 'folders' });
      expect(set).toMatchObject({ names: ['d/a.png'], labels: [0], classes: ['d'] });
      expect(await reds(set)).toEqual([7]);
      await set.close();
    }
  });

  it('reads arrays, IDX and CIFAR files of Blobs', async () => {
    const header = `${"{'descr': '|u1', 'fortran_order': False, 'shape': (2, 8, 8), }".padEnd(117)}\n`;
    const npy = new Blob([
      Uint8Array.of(147),
      'NUMPY',
      Uint8Array.of(1, 0, 118, 0),
      header,
      new Uint8Array(128).fill(5),
    ]);
    expect(await reds(await npyFile(npy))).toEqual([5, 5]);
    const idx = new Blob([
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8),
      new Uint8Array(64).fill(6),
    ]);
    expect(await reds(await idxFile(idx))).toEqual([6]);
    const cifar = new File([Uint8Array.of(3), new Uint8Array(3072).fill(7)], 'batch.bin');
    const set = await cifarFiles([cifar]);
    expect(set).toMatchObject({ names: ['batch.bin/0'], labels: [3], shape: [32, 32, 3] });
    expect(await reds(set)).toEqual([7]);
  });
});

/** An archive of one file as it is (APPNOTE.TXT, 4.3). */
function storedZip(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const path = new TextEncoder().encode(name);
  const end = 30 + path.length + content.length;
  const bytes = new Uint8Array(end + 46 + path.length + 22);
  const view = new DataView(bytes.buffer);
  const fields = (at: number) => {
    view.setUint32(at, crc32(content), true);
    view.setUint32(at + 4, content.length, true);
    view.setUint32(at + 8, content.length, true);
    view.setUint16(at + 12, path.length, true);
  };
  view.setUint32(0, 0x04034b50, true);
  fields(14);
  bytes.set(path, 30);
  bytes.set(content, 30 + path.length);
  view.setUint32(end, 0x02014b50, true);
  fields(end + 16);
  bytes.set(path, end + 46);
  const last = end + 46 + path.length;
  view.setUint32(last, 0x06054b50, true);
  view.setUint16(last + 8, 1, true);
  view.setUint16(last + 10, 1, true);
  view.setUint32(last + 12, last - end, true);
  view.setUint32(last + 16, end, true);
  return bytes;
}
