import { rename, symlink, utimes } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { StoredPicture } from '../pictures/picture';
import { temporaryFolder } from '../testing/temporary-folder';
import { folderPictures } from './folder-pictures';

const folder = temporaryFolder();

function encoded(stored: StoredPicture): Uint8Array {
  if (stored instanceof Uint8Array) return stored;
  throw new Error('must not be decoded');
}

describe('folderPictures', () => {
  it('leaves out hidden files and folders', async () => {
    for (const name of ['a.png', '._a.png', '.b.png', '.thumbnails/c.png']) await folder.put(name, '');
    expect((await folderPictures(folder.path)).names).toEqual(['a.png']);
  });

  it('follows links, but into a folder that they lie in, and lists those to nothing', async () => {
    for (const name of ['set/a.png', 'set/deep/b.png', 'outside/c.png']) await folder.put(name, name);
    const set = folder.at('set');
    await symlink(folder.at('set/a.png'), folder.at('set/link.png'));
    await symlink(folder.at('outside'), folder.at('set/linked'));
    for (const loop of ['outside/back', 'set/deep/loop', 'set/loop.png']) await symlink(set, folder.at(loop));
    await symlink('itself.png', folder.at('set/itself.png'));
    await symlink('missing.png', folder.at('set/nowhere.png'));
    const { names, read } = await folderPictures(set);
    expect(names).toEqual(['a.png', 'deep/b.png', 'itself.png', 'link.png', 'linked/c.png', 'nowhere.png']);
    expect(new TextDecoder().decode(encoded(await read(4)))).toBe('outside/c.png');
    await expect(read(2)).rejects.toThrow('itself.png: cannot be read: ELOOP');
    await expect(read(5)).rejects.toThrow('nowhere.png: cannot be read: ENOENT');
  });

  it('takes classes from the first folder on each path, if asked', async () => {
    for (const name of ['dog/2/a.png', 'cat/b.png', 'dog/1.png']) await folder.put(name, '');
    expect(await folderPictures(folder.path)).not.toHaveProperty('labels');
    expect(await folderPictures(folder.path, { labels: 'folders' })).toMatchObject({
      names: ['cat/b.png', 'dog/1.png', 'dog/2/a.png'],
      labels: [0, 1, 1],
      classes: ['cat', 'dog'],
    });
    await folder.put('outside.png', '');
    await expect(folderPictures(folder.path, { labels: 'folders' })).rejects.toThrow(
      `imageFolder: ${folder.path}: labels: 'folders' needs each image in a folder of its class, got "outside.png"`,
    );
  });

  it('has a fingerprint that changes with any name, size or time, and with nothing else', async () => {
    for (const name of ['a.png', 'b.png']) await folder.put(name, 'abc');
    const print = async () => (await folderPictures(folder.path)).fingerprint;
    const first = await print();
    await folder.put('notes.txt', 'not considered');
    expect(await print()).toBe(first);
    await utimes(folder.at('a.png'), 1e9, 1e9);
    const second = await print();
    await folder.put('a.png', 'abcd');
    await utimes(folder.at('a.png'), 1e9, 1e9);
    const third = await print();
    await rename(folder.at('a.png'), folder.at('c.png'));
    expect(new Set([first, second, third, await print()]).size).toBe(4);
  });
});
