import { argumentError } from '@eigengan/core';

/** @throws ArgumentError for what is no list of files, or an empty one */
export function assertFiles<File>(where: string, files: readonly File[]): void {
  if (!Array.isArray(files) || files.length === 0) throw argumentError(where, 'needs a list of files', files);
}
