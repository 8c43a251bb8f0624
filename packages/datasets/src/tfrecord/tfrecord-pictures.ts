import { argumentError, assertFields, assertInteger, formatError } from '@eigengan/core';
import { assertFiles } from '../bytes/assert-files';
import type { ByteSource } from '../bytes/byte-source';
import { eachConcurrently } from '../concurrency/each-concurrently';
import { arrayLabels } from '../npy/array-labels';
import { firstAbove } from '../pictures/first-above';
import { mostPictures, numberedNames } from '../pictures/numbered-names';
import type { StoredPicture } from '../pictures/picture';
import type { PictureSource } from '../pictures/picture-source';
import { exampleFeatures } from './example';
import { examplePicture, pictureFeature, planesFeature } from './example-picture';
import { readRecord } from './read-record';
import { type RecordContents, recordContents } from './record-contents';
import { type RecordIndex, recordIndex } from './record-index';
import { filesOfResolution } from './stylegan-resolution';

export interface TfrecordPicturesOptions {
  /** The feature that holds the picture; by default the first usual one that the first record has. */
  readonly feature?: string | undefined;
  /**
   * `true` reads through all records once for their labels, and for names (`image/filename`) and classes
   * (`image/class/text`), which takes as long as reading the files. Or the .npy file of the labels, as
   * StyleGAN's `name-rxx.labels`: [records] or [records, values]. Without it there are no labels.
   */
  readonly labels?: boolean | ByteSource | undefined;
  /** The feature that holds the label, integers; by default the first usual one. Needs `labels: true`. */
  readonly label?: string | undefined;
  /**
   * Of a set in several resolutions (`name-r02.tfrecords` ...) the smallest of at least so many pixels a
   * side; by default the largest.
   */
  readonly resolution?: number | undefined;
}

export const tfrecordOptionNames = ['feature', 'labels', 'label', 'resolution'] as const;
/** Each is hopped through read by read, so that several at once overlap. */
const filesAtOnce = 8;
const mostLabelBytes = 2 ** 30;

/**
 * The pictures of TFRecord files of tf.train.Example, in the order of the files, called
 * `<file>/<number in the file>`. Opening reads the lengths of the records, not their contents; their
 * checksums are checked when they are read. A record that the file ends within is a damaged picture.
 *
 * @throws FormatError when a file is none, or its first whole record holds no picture; ArgumentError for a
 * bad option
 */
export async function tfrecordPictures(
  files: readonly ByteSource[],
  options: TfrecordPicturesOptions = {},
): Promise<PictureSource> {
  const { labels, label, resolution } = checked(files, options);
  const chosen = filesOfResolution(files, resolution);
  const shards = await shardsOf(chosen);
  const ends = shards.map(({ end }) => end);
  const length = ends.at(-1) ?? 0;
  const { feature, shape } = await firstPicture(shards, options.feature);
  const indexes = shards.map(({ index }) => index);
  const file = typeof labels === 'object' ? labels : undefined;
  const contents: Partial<RecordContents> =
    file !== undefined
      ? { labels: await arrayLabels(file, length, mostLabelBytes) }
      : labels === true
        ? await recordContents(indexes, label)
        : {};
  const numbered = shards.flatMap(({ index, first, end }) =>
    numberedNames(index.file.name, end - first, `${index.file.name}/`),
  );
  return {
    names: numbered.map((name, i) => contents.names?.[i] ?? name),
    labels: contents.labels,
    classes: contents.classes,
    shape,
    fingerprint: [feature, ...chosen.map(({ fingerprint }) => fingerprint)].join('\n'),
    read: async (index) => {
      assertInteger('tfrecordFiles: index', index, { min: 0, max: length - 1 });
      const shard = shards[firstAbove(ends, index)]!;
      return readPicture(shard.index, index - shard.first, feature);
    },
    close: async () => {
      await Promise.all([...files, ...(file === undefined ? [] : [file])].map((one) => one.close()));
    },
  };
}

function checked(files: readonly ByteSource[], options: TfrecordPicturesOptions): TfrecordPicturesOptions {
  const where = 'tfrecordFiles';
  assertFields(where, options, tfrecordOptionNames);
  assertFiles(where, files);
  const { feature, label, labels, resolution } = options;
  for (const [name, value] of Object.entries({ feature, label })) {
    if (value !== undefined && (typeof value !== 'string' || value === '')) {
      throw argumentError(`${where}: ${name}`, 'must be the name of a feature', value);
    }
  }
  if (label !== undefined && labels !== true) {
    throw argumentError(`${where}: label`, 'needs labels: true', labels);
  }
  if (resolution !== undefined) assertInteger(`${where}: resolution`, resolution, { min: 1 });
  return options;
}

interface Shard {
  readonly index: RecordIndex;
  /** The number of its first record, and that after its last. */
  readonly first: number;
  readonly end: number;
}

async function shardsOf(files: readonly ByteSource[]): Promise<Shard[]> {
  const indexes = new Map<ByteSource, RecordIndex>();
  await eachConcurrently(files, filesAtOnce, async (file) => {
    indexes.set(file, await recordIndex(file));
  });
  const shards: Shard[] = [];
  let first = 0;
  for (const file of files) {
    const index = indexes.get(file)!;
    const end = first + index.starts.length - 1;
    if (end > mostPictures) throw formatError(file.name, `may bring at most ${mostPictures} pictures`, end);
    if (end > first) shards.push({ index, first, end });
    first = end;
  }
  if (first === 0) throw formatError('tfrecordFiles', 'needs a record', 'empty files');
  return shards;
}

/** Which feature holds the pictures, and their common shape, if they are of StyleGAN's kind. */
async function firstPicture(shards: readonly Shard[], wanted: string | undefined) {
  // Not the first of all, if the file ends within it.
  const whole = shards.find(({ index, first, end }) => end - first > (index.cutOff ? 1 : 0)) ?? shards[0]!;
  const where = `${whole.index.file.name}: record 0`;
  const features = exampleFeatures(where, await readRecord(whole.index, 0));
  const feature = wanted ?? pictureFeature(where, features);
  const picture = examplePicture(where, features, feature);
  const planes = feature === planesFeature && 'height' in picture;
  const shape = planes ? ([picture.height, picture.width, picture.channels] as const) : undefined;
  return { feature, shape };
}

async function readPicture(index: RecordIndex, number: number, feature: string): Promise<StoredPicture> {
  const where = `${index.file.name}: record ${number}`;
  return examplePicture(where, exampleFeatures(where, await readRecord(index, number)), feature);
}
