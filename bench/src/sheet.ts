import { useBackend } from '@eigengan/backends';
import { seededStream } from '@eigengan/core';
import {
  createGenerator,
  type EigenDimension,
  eigenDimensions,
  GeneratorRenderer,
  sampleLatents,
  traversalBatch,
  traverse,
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
    'by GeneratorRenderer': () => {
      const renderer = new GeneratorRenderer(generator);
      try {
        return dimensions.map((dimension) => traverse(renderer, dimension, { values, latents }));
      } finally {
        renderer.dispose();
      }
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
