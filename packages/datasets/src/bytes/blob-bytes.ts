import { assertWithin, type ByteSource } from './byte-source';
import { unreadable } from './unreadable';

/** A `Blob`, or a `File` that a person chose, read in parts. */
export function blobBytes(blob: Blob, name: string): ByteSource {
  const modified = 'lastModified' in blob ? ` of ${blob.lastModified}` : '';
  return {
    name,
    size: blob.size,
    fingerprint: `${name}: ${blob.size}${modified}`,
    read: async (offset, length) => {
      assertWithin(name, blob.size, offset, length);
      try {
        return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
      } catch (cause) {
        throw unreadable(name, cause);
      }
    },
    close: async () => undefined,
  };
}
