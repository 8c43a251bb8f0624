import { formatError } from '@eigengan/core';

/** A file, wherever it lies, read in parts. */
export interface ByteSource {
  /** What errors call it. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Changes when the content may have changed. */
  readonly fingerprint: string;
  /**
   * `length` bytes from `offset` on, which the caller does not change.
   *
   * @throws FormatError when the file ends before
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Lets go of the file. A later read opens it again. */
  close(): Promise<void>;
}

/** @throws FormatError when `offset .. offset + length` is not in a file of `size` bytes */
export function assertWithin(name: string, size: number, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) return;
  throw formatError(name, `must reach to byte ${offset + length}`, `${size} bytes`);
}
