import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';

/** Many times what a hundred names take. */
const mostBytes = 2 ** 16;

/**
 * The names of classes in a text, one a line, as in `batches.meta.txt` and `fine_label_names.txt`.
 *
 * @throws FormatError when it is no text, or has another number of names
 */
export async function classNames(file: ByteSource, classes: number): Promise<string[]> {
  if (file.size > mostBytes) throw formatError(file.name, `may have at most ${mostBytes} bytes`, file.size);
  const names = lines(file.name, await file.read(0, file.size));
  if (names.length !== classes) {
    throw formatError(file.name, `must name the ${classes} classes, one a line`, names.length);
  }
  return names;
}

function lines(where: string, bytes: Uint8Array): string[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  } catch (cause) {
    throw formatError(where, 'must be a text', bytes, { cause });
  }
}
