import { describe, expect, it } from 'vitest';
import { unpack } from './unpack';

const zstd = 6;

/** A Zstandard frame (RFC 8878) of `blocks` blocks that repeat one byte 128 KiB each. */
function repeats(blocks: number): Uint8Array {
  const bytes = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
  for (let i = 0; i < blocks; i++) {
    const header = (131_072 << 3) | 0b10 | (i === blocks - 1 ? 1 : 0);
    bytes.push(header & 255, (header >> 8) & 255, header >> 16, 7);
  }
  return Uint8Array.from(bytes);
}

describe('unpack', () => {
  it('reads Zstandard of exactly the stated size', async () => {
    const unpacked = await unpack('page', zstd, repeats(2), 262_144);
    expect(unpacked).toEqual(new Uint8Array(262_144).fill(7));
  });

  it('stops where a frame goes on for gigabytes', async () => {
    await expect(unpack('page', zstd, repeats(100_000), 262_144)).rejects.toThrow(
      'page: must be whole Zstandard, got "unpacks to more than 262144 bytes"',
    );
  });

  it('refuses what unpacks to less than was said', async () => {
    await expect(unpack('page', zstd, repeats(1), 262_144)).rejects.toThrow(
      'page: ZSTD: must unpack to 262144 bytes, got 131072',
    );
  });

  it('names what it does not read', async () => {
    await expect(unpack('page', 4, new Uint8Array(3), 9)).rejects.toThrow('got "BROTLI"');
  });
});
