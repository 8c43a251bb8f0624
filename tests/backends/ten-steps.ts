import { readWeightsByRole } from '@eigengan/eigengan-model';
import type { Arrays } from './difference';
import { smallRun } from './small-run';

export interface TenSteps {
  /** Each of the log's numbers, by name and half, at its five steps; 0 where a step did not report it. */
  readonly losses: Arrays;
  /** Weights of the generator, its average and the discriminator, after each half. */
  readonly weights: Arrays;
}

/**
 * Ten optimizer steps of a small EigenGAN with a penalty on every fourth, on the current backend.
 *
 * @param halves How many halves of them are taken
 */
export async function tenSteps(halves = 2): Promise<TenSteps> {
  const { trainer, batches, dispose } = smallRun({ width: 1 / 32, batch: 2 });
  const networks = {
    generator: trainer.generator,
    average: trainer.emaGenerator,
    discriminator: trainer.discriminator,
  };
  const losses: Record<string, Float32Array> = {};
  const weights: Record<string, Float32Array> = {};
  for (const steps of [5, 10].slice(0, halves)) {
    const { history } = await trainer.fit(batches, { steps });
    for (const [name, values] of Object.entries(history)) {
      losses[`${name} to step ${steps}`] = Float32Array.from(values, (value) =>
        Number.isNaN(value) ? 0 : value,
      );
    }
    for (const [network, model] of Object.entries(networks)) {
      for (const [role, { data }] of Object.entries(await readWeightsByRole(model))) {
        weights[`${network}/${role} after step ${steps}`] = Float32Array.from(data);
      }
    }
  }
  dispose();
  return { losses, weights };
}
