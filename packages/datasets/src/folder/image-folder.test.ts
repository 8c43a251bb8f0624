import { rm } from 'node:fs/promises';
import { EigenganError, FormatError } from '@eigengan/core';
import { describe, expect, it, vi } from 'vitest';
import { blue, expectNear, gray, green, middles, quarters, red } from '../testing/quarters';
import { temporaryFolder } from '../testing/temporary-folder';
import { imageFolder } from './image-folder';

const folder = temporaryFolder();

describe('imageFolder', () => {
  it('reads each format, whatever the case of its suffix, sorted by path', async () => {
    await folder.put('b.JPG', await quarters().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
    await folder.put('a.png', await quarters().png().toBuffer());
    await folder.put('deep/er/c.webp', await quarters().webp({ lossless: true }).toBuffer());
    await folder.put('d.avif', await quarters().avif({ lossless: true }).toBuffer());
    await folder.put('E.Gif', await quarters().gif().toBuffer());
    await folder.put('f.tiff', await quarters().tiff().toBuffer());
    await folder.put(
      'g.jpeg',
      await quarters().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
    );
    await folder.put('h.BMP', 'BM, and no picture');
    const source = await imageFolder(folder.path, { workers: 0, size: 32 });
    expect(source.names).toEqual([
      'E.Gif',
      'a.png',
      'b.JPG',
      'd.avif',
      'deep/er/c.webp',
      'f.tiff',
      'g.jpeg',
      'h.BMP',
    ]);
    expect(source).toMatchObject({ length: 8, shape: [32, 32, 3], damaged: [] });
    for (let i = 0; i < 7; i++) {
      expectNear(middles(await source.read(i), 3), [red, green, blue, gray], 6);
    }
  });

  it('says what is damaged and why, and reads the others', async () => {
    const jpeg = await quarters().jpeg().toBuffer();
    await folder.put('a.jpg', jpeg);
    await folder.put('b-cut.jpg', jpeg.subarray(0, Math.floor(jpeg.length * 0.7)));
    await folder.put('c-text.png', 'this is no picture');
    await folder.put('d-empty.webp', '');
    await folder.put('e-drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const png = await quarters().png().toBuffer();
    await folder.put('f-cut.png', png.subarray(0, Math.floor(png.length * 0.6)));
    await folder.put('g.bmp', 'BM, and no picture');
    await folder.put('h.png', png);
    await folder.put('notes.txt', 'not considered');
    const source = await imageFolder(folder.path, { size: 32 });
    expect(source.length).toBe(8);
    expect(source.damaged).toEqual([]);
    const seen: number[][] = [];
    const damaged = await source.decodeAll({ onProgress: (...step) => seen.push(step) });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((done) => [done, 8]));
    expect(damaged.map(({ index, name }) => [index, name])).toEqual([
      [1, 'b-cut.jpg'],
      [2, 'c-text.png'],
      [3, 'd-empty.webp'],
      [4, 'e-drawing.png'],
      [5, 'f-cut.png'],
      [6, 'g.bmp'],
    ]);
    for (const { reason } of damaged) expect(reason).toMatch(/^\S.{5,}$/);
    expect(damaged[3]?.reason).toContain('SVG');
    expectNear(middles(await source.read(7), 3), [red, green, blue, gray], 6);
    await expect(source.read(1)).rejects.toThrow(FormatError);
    await expect(source.read(1)).rejects.toThrow(/^b-cut.jpg: /);
    expect(source.damaged).toEqual(damaged);
  });

  it('lists a file that went away since it was opened as damaged', async () => {
    const png = await quarters().png().toBuffer();
    for (const name of ['a.png', 'b.png']) await folder.put(name, png);
    const source = await imageFolder(folder.path, { size: 32 });
    await rm(folder.at('a.png'));
    await expect(source.read(0)).rejects.toThrow('a.png: cannot be read: ENOENT');
    expect(source.damaged).toMatchObject([{ index: 0, name: 'a.png' }]);
    await source.read(1);
  });

  it('names a folder that is missing, empty, or without a whole image', async () => {
    await expect(imageFolder(folder.at('absent'), { size: 32 })).rejects.toThrow(
      `imageFolder: ${folder.at('absent')}: cannot be read: ENOENT`,
    );
    await expect(imageFolder(folder.path, { size: 32 })).rejects.toThrow(
      `imageFolder: ${folder.path}: must hold images`,
    );
    await folder.put('readme.md', 'text');
    await expect(imageFolder(folder.path, { size: 32 })).rejects.toThrow('and 1 other files');
    await folder.put('a.png', 'text');
    await expect((await imageFolder(folder.path, { workers: 0, size: 32 })).decodeAll()).rejects.toThrow(
      'imageFolder: decodeAll: at least one of the 1 images must be whole',
    );
  });

  it('refuses bad options', async () => {
    await folder.put('a.png', await quarters().png().toBuffer());
    const bad: [options: unknown, says: string][] = [
      [undefined, 'imageFolder: needs options with a size'],
      [{}, 'imageFolder: size: must be given'],
      [{ size: 4 }, 'imageFolder: size'],
      [{ size: 32.5 }, 'imageFolder: size'],
      [{ size: 32, memory: -1 }, 'imageFolder: memory'],
      [{ size: 32, workers: 65 }, 'imageFolder: workers'],
      [{ size: 32, labels: 'files' }, 'imageFolder: labels'],
      [{ size: 32, chanels: 1 }, 'Did you mean "channels"?'],
      [{ size: 32, background: [0, 0, 300] }, 'imageFolder: background'],
      [{ size: 32, cache: 5 }, 'imageFolder: cache'],
    ];
    for (const [options, says] of bad) {
      const opened = imageFolder(folder.path, JSON.parse(JSON.stringify(options ?? null)));
      await expect(opened).rejects.toThrow(says);
      await expect(opened).rejects.toSatisfy(EigenganError.is);
    }
    await expect(imageFolder('', { size: 32 })).rejects.toThrow('needs the path of a folder');
  });

  it('says what to install when sharp is missing', async () => {
    vi.resetModules();
    vi.doMock('sharp', () => {
      throw new Error('Cannot find package sharp');
    });
    const { imageFolder: without } = await import('./image-folder');
    await expect(without(folder.path, { size: 32 })).rejects.toThrow('Install it with: npm i sharp');
    vi.doUnmock('sharp');
    vi.resetModules();
  });
});
