import { useBackend } from '@eigengan/backends';
import { createGenerator, GeneratorRenderer, latentShapes } from '@eigengan/eigengan-model';
import * as tf from '@tensorflow/tfjs-core';
import { light } from './cases';
import { markdownTable } from './markdown-table';
import type { SheetOptions } from './sheet';
import { median } from './statistics';

/** Times the next image while one latent moves: by a renderer, for each of the latents, and by `predict`. */
export async function benchSlider({ size, backend, threads, rounds }: SheetOptions): Promise<void> {
  await useBackend(backend, { threads });
  const generator = createGenerator({ ...light(size).generator, seed: 1 });
  const renderer = new GeneratorRenderer(generator);
  const latents = Object.values(latentShapes(generator)).map((width) => new Float32Array(width));
  const ways: [string, () => tf.Tensor][] = generator.inputNames.map((name, input) => [
    `${name} moves`,
    () => {
      latents[input]?.set([Math.random()]);
      return renderer.render(latents);
    },
  ]);
  ways.push([
    'predict',
    () =>
      tf.tidy(() => {
        const [images] = [generator.predict(latents.map((row) => tf.tensor2d(row, [1, row.length])))].flat();
        if (images === undefined) throw new Error('slider: no image');
        return images;
      }),
  ]);
  const rows: [string, number][] = [];
  for (const [way, make] of ways) {
    const times: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const start = performance.now();
      const image = make();
      await image.data();
      // The first warms up.
      if (round >= 0) times.push(performance.now() - start);
      image.dispose();
    }
    rows.push([way, median(times)]);
  }
  console.log(`One image at ${size} px, ${backend}, threads: ${threads}\n`);
  console.log(
    markdownTable(
      ['', 'ms'],
      rows.map(([way, ms]) => [way, ms.toFixed(1)]),
    ),
  );
}
