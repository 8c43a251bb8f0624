import { useBackend } from '@eigengan/backends';
import { seededStream } from '@eigengan/core';
import {
  createGenerator,
  type EigenDimension,
  eigenDimensions,
  sampleLatents,
  traversalBatch,
  traversals,
} from '@eigengan/eigengan-model';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { light } from './cases';
import { markdownTable } from './markdown-table';
import type { Backend } from './programs';
import { median } from './statistics';

export interface SheetOptions {
  /** Edge of the images, in pixels. */
  readonly size: number;
  readonly backend: Backend;
  readonly threads: number;
  /** Sheets of each kind, which take turns. */
  readonly rounds: number;
}

const values = Array.from({ length: 9 }, (_, i) => (i - 4) * 0.75);

/** Times a sheet of traversals, a row of nine values for each eigen-dimension, made in several ways. */
export async function benchSheet({ size, backend, threads, rounds }: SheetOptions): Promise<void> {
  await useBackend(backend, { threads });
  const generator = createGenerator({ ...light(size).generator, seed: 1 });
  const dimensions = await eigenDimensions(generator);
  const latents = sampleLatents(generator, 1, seededStream(1, 'latents'));
  const predict = (inputs: tf.Tensor[]) => [generator.predict(inputs)].flat();

  const ways: Readonly<Record<string, () => tf.Tensor[]>> = {
    traversals: () => traversals(generator, dimensions, { values, latents }).map(({ images }) => images),
    'predict, in batches of 32': () => {
      const rows = dimensions.map((dimension) => traversalBatch(generator, dimension, { values, latents }));
      return predict(
        generator.inputNames.map((_, input) => tf.concat(rows.flatMap((row) => row[input] ?? []))),
      );
    },
    'predict, row by row': () =>
      dimensions.flatMap((dimension) => predict(traversalBatch(generator, dimension, { values, latents }))),
    'predict, image by image': () =>
      dimensions.flatMap((dimension) => imageByImage(generator, dimension, latents, predict)),
  };
  const times = new Map<string, number[]>();
  for (let round = -1; round < rounds; round++) {
    for (const [way, make] of Object.entries(ways)) {
      const start = performance.now();
      const images = tf.tidy(make);
      await Promise.all(images.map((image) => image.data()));
      const spent = performance.now() - start;
      tf.dispose(images);
      // The first warms up.
      if (round >= 0) times.set(way, [...(times.get(way) ?? []), spent]);
    }
  }
  const medians = [...times].map(([way, spent]) => [way, median(spent)] as const);
  const slowest = medians.at(-1)?.[1] ?? Number.NaN;
  console.log(
    `${dimensions.length} dimensions x ${values.length} values at ${size} px, ${backend}, threads: ${threads}\n`,
  );
  console.log(
    markdownTable(
      ['', 'ms a sheet', 'times as fast'],
      medians.map(([way, ms]) => [way, ms.toFixed(1), (slowest / ms).toFixed(2)]),
    ),
  );
}

function imageByImage(
  generator: tfl.LayersModel,
  dimension: EigenDimension,
  latents: tf.Tensor[],
  predict: (inputs: tf.Tensor[]) => tf.Tensor[],
): tf.Tensor[] {
  return values.flatMap((value) =>
    predict(traversalBatch(generator, dimension, { values: [value], latents })),
  );
}
