import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../bytes/bytes-in-memory';
import fixtures from '../npy/numpy-fixtures.json';
import { zipDirectory } from './zip-directory';
import { zipEntryBytes, zipEntryHead } from './zip-entry-bytes';

/** An archive that Python's zipfile wrote, with a text at `at` of its first file changed. */
const archive = (name: keyof typeof fixtures, at?: number) => {
  const bytes = new Uint8Array(Buffer.from(fixtures[name], 'base64'));
  if (at !== undefined) bytes[at]! ^= 1;
  return bytesInMemory('a.zip', bytes);
};

describe('zipEntryBytes', () => {
  it('reads what is stored, deflated or in ZIP64, with its names, the same', async () => {
    const whole = Buffer.from(fixtures['version 1'], 'base64');
    const names: string[] = [];
    for (const name of ['savez', 'savez_compressed', 'zip64'] as const) {
      const file = archive(name);
      const directory = await zipDirectory(file);
      expect(directory.length).toBe(2);
      const entry = directory.entry(0);
      names.push(entry.name);
      expect(Buffer.from(await zipEntryBytes(file, entry, 158)).equals(whole)).toBe(true);
      expect(Buffer.from(await zipEntryHead(file, entry, 6)).equals(whole.subarray(0, 6))).toBe(true);
      expect(await zipEntryHead(file, entry, 1000)).toHaveLength(158);
    }
    expect(names).toEqual(['x_train.npy', 'x_train.npy', 'a.npy']);
  });

  it('finds by its CRC-32 that one bit of a file changed', async () => {
    const file = archive('savez', 200);
    const entry = (await zipDirectory(file)).entry(0);
    await expect(zipEntryBytes(file, entry, 158)).rejects.toThrow(
      `a.zip: x_train.npy: must have the CRC-32 0x${entry.crc.toString(16).padStart(8, '0')}, got `,
    );
    // The stream's last bytes are a checksum of its own: the change is in what it packs.
    const packed = archive('savez_compressed', 120);
    const other = (await zipDirectory(packed)).entry(0);
    await expect(zipEntryBytes(packed, other, 158)).rejects.toThrow('must unpack without damage');
  });

  it('unpacks no more than is allowed', async () => {
    const file = archive('savez_compressed');
    const entry = (await zipDirectory(file)).entry(0);
    await expect(zipEntryBytes(file, entry, 157)).rejects.toThrow('at most maxBytes = 157 bytes, got 158');
    await expect(zipEntryBytes(file, { ...entry, size: 100 }, 157)).rejects.toThrow('a.zip: x_train.npy');
    await expect(zipEntryBytes(file, { ...entry, size: 1e6 }, 1e9)).rejects.toThrow(
      'a.zip: x_train.npy: must unpack',
    );
  });
});
