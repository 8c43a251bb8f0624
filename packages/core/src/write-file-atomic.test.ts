import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomic } from './node';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('writeFileAtomic', () => {
  it('replaces the content and leaves nothing else behind', async () => {
    const path = join(folder, 'deep', 'file');
    await writeFileAtomic(path, 'old');
    await writeFileAtomic(path, Uint8Array.of(110, 101, 119));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'deep'))).toEqual(['file']);
  });

  it('never shows a reader a half-written file', async () => {
    const path = join(folder, 'file');
    const contents = ['a', 'b'].map((letter) => letter.repeat(4_000_000));
    await writeFileAtomic(path, contents[0] ?? '');
    let writing = true;
    const writes = (async () => {
      try {
        for (let i = 0; i < 10; i++) await writeFileAtomic(path, contents[i % 2] ?? '');
      } finally {
        writing = false;
      }
    })();
    while (writing) expect(contents).toContain(await readFile(path, 'utf8'));
    await writes;
  });

  it('keeps the old file and removes its temporary one when it fails', async () => {
    const path = join(folder, 'taken');
    await writeFileAtomic(join(path, 'inside'), 'x');
    await expect(writeFileAtomic(path, 'y')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['taken']);
  });
});
