import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededStream } from '@eigengan/core';
import { dimensionActivity, GeneratorRenderer, sampleLatents, traversals } from '@eigengan/eigengan-model';
import { encodePng, sampleGrid, traversalSheet } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

const values = [-3, -2, -1, 0, 1, 2, 3];

/** Draws samples and a sheet, and says how much the dimensions of each block move the picture. */
export async function report(generator: LayersModel, step: number, out: string): Promise<void> {
  const renderer = new GeneratorRenderer(generator);
  const dimensions = await dimensionActivity(renderer);
  for (const block of new Set(dimensions.map((dimension) => dimension.block))) {
    const own = dimensions.filter((dimension) => dimension.block === block);
    const words = own.map(({ activity }) => activity.toFixed(3)).join(' ');
    console.log(`block ${block} moves the picture by ${words}`);
  }
  const latents = sampleLatents(generator, 40, seededStream(1, 'samples'), { truncation: 2 });
  const images = renderer.render(latents);
  await writeFile(
    join(out, `samples-${step}.png`),
    await encodePng(await sampleGrid(images, { columns: 8 })),
  );
  const rows = traversals(renderer, dimensions, { values }).map(({ dimension, images: row }) => ({
    label: {
      layer: dimension.block,
      rank: dimension.place + 1,
      importance: dimension.importance,
      activity: dimension.activity,
    },
    images: row,
  }));
  const title = `Portraits, ${step} steps`;
  const sheet = await traversalSheet(rows, { values, title, scale: 1 });
  await writeFile(join(out, `traversal-${step}.png`), await encodePng(sheet));
  tf.dispose([images, latents, ...rows.map((row) => row.images)]);
  renderer.dispose();
}
