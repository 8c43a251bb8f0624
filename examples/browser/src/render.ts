import { seededStream } from '@eigengan/core';
import { dimensionActivity, GeneratorRenderer, sampleLatents, traversals } from '@eigengan/eigengan-model';
import { type Picture, toPictures } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DimensionRow } from './messages';

/** Samples of the same latents each time, so that one sees them change. */
export async function renderSamples(generator: LayersModel, count: number, seed: number): Promise<Picture[]> {
  const images = tf.tidy(() => {
    const latents = sampleLatents(generator, count, seededStream(seed, 'samples'), { truncation: 2 });
    return generator.predict(latents);
  });
  if (Array.isArray(images)) throw new Error('The generator must have one output');
  const pictures = await toPictures(images);
  images.dispose();
  return pictures;
}

/** The most active eigen-dimensions, the deepest block's first, with the pictures along each. */
export async function renderDimensions(generator: LayersModel, count: number): Promise<DimensionRow[]> {
  const renderer = new GeneratorRenderer(generator);
  try {
    const dimensions = await dimensionActivity(renderer, { samples: 2 });
    const active = [...dimensions].sort((a, b) => b.activity - a.activity).slice(0, count);
    const shown = dimensions.filter((one) => active.includes(one));
    const rows: DimensionRow[] = [];
    for (const { dimension, images } of traversals(renderer, shown)) {
      const pictures = await toPictures(images);
      images.dispose();
      const { block, place, importance, activity } = dimension;
      rows.push({ label: { layer: block, rank: place + 1, importance, activity }, pictures });
    }
    return rows;
  } finally {
    renderer.dispose();
  }
}
