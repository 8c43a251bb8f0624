import { seededStream } from '@eigengan/core';
import { writeFileAtomic } from '@eigengan/core/node';
import {
  type ActiveDimension,
  dimensionActivity,
  GeneratorRenderer,
  sampleLatents,
  traversals,
} from '@eigengan/eigengan-model';
import { encodePng, type Picture, sampleGrid, traversalSheet } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Draws a grid of samples: the same latents each time, so that one sees them change. */
export async function drawSamples(generator: LayersModel, seed: number, path: string): Promise<void> {
  const images = tf.tidy(() => {
    const latents = sampleLatents(generator, 40, seededStream(seed, 'samples'), { truncation: 2 });
    return generator.predict(latents);
  });
  if (Array.isArray(images)) throw new Error('The generator must have one output');
  await write(await sampleGrid(images, { columns: 8, background: 'transparent' }), path);
  images.dispose();
}

/** The values that a dimension is given, in standard deviations. */
export const traversalValues = [-3, -2.25, -1.5, -0.75, 0, 0.75, 1.5, 2.25, 3];

/** Draws what eigen-dimensions do: a row a dimension, in the order given (all, the deepest block's first). */
export async function drawTraversals(
  generator: LayersModel,
  title: string,
  path: string,
  dimensions?: readonly ActiveDimension[],
): Promise<void> {
  // One renderer for both: what they share, like the convolved basis images, is made once.
  const renderer = new GeneratorRenderer(generator);
  const rows = traversalRows(renderer, dimensions ?? (await dimensionActivity(renderer)));
  renderer.dispose();
  await write(await traversalSheet(rows, { values: traversalValues, title }), path);
  tf.dispose(rows.map(({ images }) => images));
}

/** The rows of a traversal sheet; their images are the caller's to dispose of. */
export function traversalRows(
  source: LayersModel | GeneratorRenderer,
  dimensions: readonly ActiveDimension[],
) {
  return traversals(source, dimensions, { values: traversalValues }).map(({ dimension, images }) => ({
    label: {
      layer: dimension.block,
      rank: dimension.place + 1,
      importance: dimension.importance,
      activity: dimension.activity,
      name: dimension.name,
    },
    images,
  }));
}

async function write(picture: Picture, path: string): Promise<void> {
  await writeFileAtomic(path, await encodePng(picture));
}
