import { FormatError } from '@eigengan/core';
import { assertWithin, type ByteSource } from './byte-source';

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
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new FormatError(`${name}: cannot be read: ${reason}`, { cause });
      }
    },
    close: async () => undefined,
  };
}
