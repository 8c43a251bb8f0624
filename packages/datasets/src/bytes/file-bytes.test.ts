import { rm, writeFile } from 'node:fs/promises';
import { FormatError } from '@eigengan/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { fileBytes } from './file-bytes';

const folder = temporaryFolder();

describe('fileBytes', () => {
  it('reads parts, and opens the file again after close', async () => {
    const path = folder.at('a.bin');
    await writeFile(path, Uint8Array.of(1, 2, 3, 4, 5));
    const file = await fileBytes(path);
    expect(file).toMatchObject({ name: path, size: 5 });
    expect([...(await file.read(1, 3))]).toEqual([2, 3, 4]);
    await file.close();
    expect([...(await file.read(4, 1))]).toEqual([5]);
    await expect(file.read(3, 3)).rejects.toThrow(`${path}: must reach to byte 6, got "5 bytes"`);
    await file.close();
  });

  it('tries again after a file could not be opened', async () => {
    const path = folder.at('a.bin');
    await writeFile(path, Uint8Array.of(1, 2));
    const file = await fileBytes(path);
    await rm(path);
    await expect(file.read(0, 2)).rejects.toThrow(`${path}: cannot be read: ENOENT`);
    await file.close();
    await writeFile(path, Uint8Array.of(3, 4));
    expect([...(await file.read(0, 2))]).toEqual([3, 4]);
    await file.close();
  });

  it('refuses a file that is not there, or has become shorter', async () => {
    const path = folder.at('a.bin');
    await expect(fileBytes(path)).rejects.toThrow(FormatError);
    await writeFile(path, Uint8Array.of(1, 2, 3));
    const file = await fileBytes(path);
    await writeFile(path, Uint8Array.of(1));
    await expect(file.read(0, 3)).rejects.toThrow('must hold 3 bytes, as when it was opened, got 1');
    await file.close();
  });
});
