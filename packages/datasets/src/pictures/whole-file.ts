import { formatError } from '@eigengan/core';

/** Image files are read whole, and none that can be decoded is larger. */
export const mostFileBytes = 2 ** 30;

/** @throws FormatError for an image file that is larger than any that can be decoded */
export function assertFileSize(name: string, size: number): void {
  if (size > mostFileBytes) throw formatError(name, `may hold at most ${mostFileBytes} bytes`, size);
}
