import { formatError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';
import { type CifarKind, recordBytes } from './cifar-kind';

/** How many records are read at a time: some 3 MB. */
const recordsAtOnce = 1000;

/**
 * The labels of a file's records, read through once: a label that is no class is the only sign of damage in
 * a file without a magic number.
 *
 * @param column which of a record's label bytes to give; all of them are checked
 * @throws FormatError, with its place, at a label that is no class
 */
export async function cifarLabels(file: ByteSource, kind: CifarKind, column: number): Promise<Uint8Array> {
  const size = recordBytes(kind);
  const labels = new Uint8Array(file.size / size);
  for (let first = 0; first < labels.length; first += recordsAtOnce) {
    const records = Math.min(recordsAtOnce, labels.length - first);
    const bytes = await file.read(first * size, records * size);
    for (let i = 0; i < records; i++) {
      kind.labels.forEach(({ name, classes }, at) => {
        const label = bytes[i * size + at]!;
        if (label < classes) return;
        const where = `${file.name}: byte ${(first + i) * size + at}`;
        throw formatError(where, `the ${name} label of ${kind.name} must be 0 .. ${classes - 1}`, label);
      });
      labels[first + i] = bytes[i * size + column]!;
    }
  }
  return labels;
}
