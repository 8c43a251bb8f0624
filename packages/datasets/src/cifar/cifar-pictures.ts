import { argumentError, assertFields, assertInteger, assertOneOf, formatError } from '@eigengan/core';
import { assertFiles } from '../bytes/assert-files';
import type { ByteSource } from '../bytes/byte-source';
import { firstAbove } from '../pictures/first-above';
import { interleaved } from '../pictures/interleaved';
import { numberedNames } from '../pictures/numbered-names';
import type { PictureSource } from '../pictures/picture-source';
import { type CifarKind, cifarKinds, kindOf, pictureBytes, recordBytes, side } from './cifar-kind';
import { cifarLabels } from './cifar-labels';
import { classNames } from './class-names';

export interface CifarPicturesOptions {
  /** What the files hold; by default the one whose records they are a whole number of. */
  readonly kind?: 'cifar10' | 'cifar100' | undefined;
  /** Which of the two labels of CIFAR-100: the 100 `fine` classes (the default) or the 20 `coarse` ones. */
  readonly labels?: 'fine' | 'coarse' | undefined;
  /** The text file that names these classes, one a line: batches.meta.txt, fine_label_names.txt. */
  readonly classes?: ByteSource | undefined;
}

export const cifarOptionNames = ['kind', 'labels', 'classes'] as const;

/**
 * The pictures of CIFAR-10 or CIFAR-100 in the binary version (https://www.cs.toronto.edu/~kriz/cifar.html),
 * [32, 32, 3], in the order of the files. Opening reads through the files once, for the labels; `read` takes
 * a picture's bytes alone. They are called `<file>/<number in the file>`.
 *
 * @throws FormatError when a file is not whole records of one kind; ArgumentError for a bad option
 */
export async function cifarPictures(
  files: readonly ByteSource[],
  options: CifarPicturesOptions = {},
): Promise<PictureSource> {
  assertFields('cifarFiles', options, cifarOptionNames);
  const { kind: wanted, labels: wantedLabels = 'fine', classes } = options;
  assertFiles('cifarFiles', files);
  const kindNames = cifarKinds.map(({ name }) => name);
  if (wanted !== undefined) assertOneOf('cifarFiles: kind', wanted, kindNames);
  assertOneOf('cifarFiles: labels', wantedLabels, ['fine', 'coarse']);
  for (const file of files) await refuseOtherFormats(file);
  const kind = kindOf(files, wanted);
  const column = kind.labels.findIndex(({ name }) => name === wantedLabels);
  const label = kind.labels[column];
  if (label === undefined)
    throw argumentError('cifarFiles: labels', `${kind.name} has only fine labels`, wantedLabels);

  const batches = await batchesOf(files, kind, column);
  const ends = batches.map(({ end }) => end);
  const length = ends.at(-1) ?? 0;
  return {
    names: batches.flatMap(({ file, labels }) => numberedNames(file.name, labels.length, `${file.name}/`)),
    labels: batches.flatMap(({ labels }) => [...labels]),
    classes: classes === undefined ? undefined : await classNames(classes, label.classes),
    shape: [side, side, 3],
    fingerprint: [kind.name, wantedLabels, ...files.map(({ fingerprint }) => fingerprint)].join('\n'),
    read: async (index) => {
      assertInteger('cifarFiles: index', index, { min: 0, max: length - 1 });
      const { file, first } = batches[firstAbove(ends, index)]!;
      const start = (index - first) * recordBytes(kind) + kind.labels.length;
      return {
        height: side,
        width: side,
        channels: 3,
        data: interleaved(await file.read(start, pictureBytes), 3),
      };
    },
    close: async () => {
      await Promise.all([...files, ...(classes === undefined ? [] : [classes])].map((file) => file.close()));
    },
  };
}

interface Batch {
  readonly file: ByteSource;
  /** The number of its first picture, and that after its last. */
  readonly first: number;
  readonly end: number;
  readonly labels: Uint8Array;
}

async function batchesOf(files: readonly ByteSource[], kind: CifarKind, column: number): Promise<Batch[]> {
  const batches: Batch[] = [];
  let first = 0;
  for (const file of files) {
    const labels = await cifarLabels(file, kind, column);
    batches.push({ file, first, end: first + labels.length, labels });
    first += labels.length;
  }
  return batches;
}

/** The beginnings of what people have in place of the binary version; no label is so large. */
const otherFormats = [
  { magic: [0x1f, 0x8b], name: 'gzip', hint: 'Unpack it first (tar xzf) and give the .bin files' },
  { magic: [0x80, 0x02], name: 'a Python pickle', hint: 'Take the binary version of the data set' },
  { magic: [0x50, 0x4b], name: 'zip', hint: 'Unpack it first and give the .bin files' },
  {
    magic: [0x63, 0x69, 0x66, 0x61, 0x72],
    name: 'tar',
    hint: 'Unpack it first (tar xf) and give the .bin files',
  },
];

async function refuseOtherFormats(file: ByteSource): Promise<void> {
  const head = await file.read(0, Math.min(5, file.size));
  const found = otherFormats.find(({ magic }) => magic.every((byte, i) => head[i] === byte));
  if (found === undefined) return;
  throw formatError(file.name, 'must be a file of the binary version', found.name, { hint: found.hint });
}
