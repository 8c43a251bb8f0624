import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import { eachConcurrently } from '../concurrency/each-concurrently';
import type { DamagedPicture } from '../image-set/image-set';
import { isDamage, withoutName } from '../pictures/damage';
import { bytesToFloats, floatsToBytes } from '../pixel-range';
import { type InspectedSource, type PictureShape, pictureShape } from './inspected-source';
import type { Inspection, NamedImage, SheetImage } from './inspection';
import { LabelCounter } from './label-counts';
import { LookAlikes } from './look-alikes';
import { NativeCounter } from './native-pictures';
import { PixelStatistics } from './pixel-statistics';
import { warningsOf } from './warnings';

export interface InspectOptions {
  /** How many images to show in `sheet`; 64 by default. */
  readonly sheet?: number | undefined;
  /** Ends it early, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each image with how many are done, of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Reads under way at a time: enough for the threads that decode. */
const concurrency = 16;
/** Milliseconds after which other work gets its turn, as a source that draws its images would let none. */
const longest = 50;

/**
 * Reads every image of a source once and says what a person should know of it before training: how many there are,
 * of what sizes, damaged, repeated, alike or gray ones, their mean and deviation, labels, and a sheet of them
 * as the network will see them.
 *
 * It holds some 250 bytes for each image, not the images. It does not close the source.
 *
 * @throws ArgumentError for a bad option; what `source.read` throws unless it is a FormatError: that one is damaged
 */
export async function inspect(source: InspectedSource, options: InspectOptions = {}): Promise<Inspection> {
  if (typeof source?.read !== 'function') throw argumentError('inspect', 'needs a source of images', source);
  assertFields('inspect', options, ['sheet', 'signal', 'onProgress']);
  const { sheet = 64, signal, onProgress } = options;
  assertInteger('inspect: sheet', sheet, { min: 0, max: 10_000 });
  signal?.throwIfAborted();
  const { length, names, labels } = source;
  const shape = pictureShape(source);
  const named = (index: number): NamedImage => ({ index, name: names?.[index] ?? String(index) });

  const pixels = new PixelStatistics(shape);
  const natives = new NativeCounter(shape);
  const labelCounter = new LabelCounter(source.classes);
  const lookAlikes = new LookAlikes(shape, length);
  const reasons = new Map<number, string>();
  const breathe = breather();
  const pause = async () => {
    await breathe();
    signal?.throwIfAborted();
  };
  let done = 0;
  const all = Array.from({ length }, (_, index) => index);
  await eachConcurrently(all, concurrency, async (index) => {
    try {
      // At once, as they share the decoding.
      const [image, original] = await Promise.all([source.read(index), source.original?.(index)]);
      assertImage(index, image, shape);
      pixels.add(image);
      lookAlikes.add(index, image);
      if (original !== undefined) natives.add(original);
      const label = labels?.[index];
      if (label !== undefined) labelCounter.add(label);
    } catch (error) {
      if (!isDamage(error)) throw error;
      reasons.set(index, error.message);
    }
    onProgress?.(++done, length);
    await pause();
  });

  const whole = all.filter((index) => !reasons.has(index));
  const equal = lookAlikes.equal();
  const similar = await lookAlikes.similar(new Set(equal.flatMap(([, ...others]) => others)), pause);
  const found = {
    length,
    shape,
    whole: whole.length,
    damaged: damagedOf(reasons, named),
    pictures: natives.pictures(),
    duplicates: equal.map((group) => group.map(named)),
    nearDuplicates: similar.map((group) => group.map(named)),
    gray: pixels.gray,
    blank: pixels.blank,
    mean: pixels.mean(),
    channels: pixels.channels(),
    labels: labelCounter.counts(),
    sheet: await sheetOf(source, shape, spreadOver(whole, sheet).map(named)),
  };
  return { ...found, warnings: warningsOf(found) };
}

function assertImage(index: number, image: Uint8Array, [height, width, channels]: PictureShape): void {
  const size = height * width * channels;
  if (image instanceof Uint8Array && image.length === size) return;
  const got = image instanceof Uint8Array ? image.length : image;
  throw argumentError(`inspect: source.read(${index})`, `must give a Uint8Array of ${size} bytes`, got);
}

function damagedOf(
  reasons: ReadonlyMap<number, string>,
  named: (index: number) => NamedImage,
): DamagedPicture[] {
  return [...reasons]
    .map(([index, message]) => {
      const { name } = named(index);
      return { index, name, reason: withoutName(name, message) };
    })
    .sort((a, b) => a.index - b.index);
}

/** The images as they come out of the floats that the network is given. */
async function sheetOf(
  source: InspectedSource,
  [height, width, channels]: PictureShape,
  images: readonly NamedImage[],
): Promise<SheetImage[]> {
  return Promise.all(
    images.map(async (image) => {
      const data = floatsToBytes(bytesToFloats(await source.read(image.index)));
      return { ...image, height, width, channels, data };
    }),
  );
}

/** At most `count` of a list, in the middle of parts of the same length. */
function spreadOver(list: readonly number[], count: number): number[] {
  const shown = Math.min(count, list.length);
  return Array.from({ length: shown }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / shown)] ?? 0);
}

/** Waits for whatever else there is to do, now and then. */
function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longest) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}
