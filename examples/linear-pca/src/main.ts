import { join } from 'node:path';
import { useBackend } from '@eigengan/backends';
import { EigenganError } from '@eigengan/core';
import { writeFileAtomic } from '@eigengan/core/node';
import { holds } from './compare-subspaces';
import { gaussianData } from './gaussian-data';
import { type Options, parseOptions, usage } from './options';
import { comparisonPng, progressLine, table } from './report';
import { trainLinear } from './train-linear';

/** Trains, compares, writes; the exit code says whether the theorem showed. */
async function main({ steps, seed, out, backend, orthonormality }: Options): Promise<number> {
  await useBackend(backend);
  const { samples, spectrum } = gaussianData({ count: 20_000, seed });
  const [count, dimensions] = samples.shape;
  console.log(
    `A linear EigenGAN of rank 4 on ${count} samples of ${dimensions} dimensions, on ${backend}.\n`,
  );

  const started = performance.now();
  const result = await trainLinear(samples, {
    steps,
    seed,
    orthonormality,
    onReport: (step, comparison) => console.log(progressLine(step, steps, comparison)),
  });
  const seconds = (performance.now() - started) / 1000;
  samples.dispose();
  console.log(`\n${table(result, spectrum)}\n`);

  const picture = join(out, 'linear-pca.png');
  const numbers = join(out, 'linear-pca.json');
  await writeFileAtomic(picture, await comparisonPng(result, `seed ${seed} · ${steps} steps`));
  await writeFileAtomic(
    numbers,
    `${JSON.stringify({ steps, seed, backend, orthonormality, seconds, ...result }, null, 2)}\n`,
  );

  const verdict = holds(result)
    ? 'The learned subspace is the principal subspace: every |cos| >= 0.99, every importance within 5 %.'
    : 'NOT the principal subspace: it takes every |cos| >= 0.99 and every importance within 5 %.';
  console.log(`${verdict}\nTrained in ${seconds.toFixed(1)} s.\n\n  ${picture}\n  ${numbers}`);
  return holds(result) ? 0 : 1;
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(usage);
  else process.exitCode = await main(options);
} catch (error) {
  if (!EigenganError.is(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
