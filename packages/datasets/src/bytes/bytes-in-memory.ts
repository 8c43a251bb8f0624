import { assertWithin, type ByteSource } from './byte-source';

/** Bytes that are in memory, as a file. Keeps `bytes`, without a copy. */
export function bytesInMemory(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    fingerprint: `${name}: ${bytes.length}`,
    read: async (offset, length) => {
      assertWithin(name, bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
    close: async () => undefined,
  };
}
