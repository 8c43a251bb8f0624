import { readWeightsByRole } from '@eigengan/eigengan-model';
import type { Arrays } from './difference';
import { smallRun } from './small-run';

export interface TenSteps {
  /** Each of the log's numbers, by name, at the ten steps; 0 where a step did not report it. */
  readonly losses: Arrays;
  /** Weights of the generator, its average and the discriminator. */
  readonly weights: Arrays;
}

/** Ten optimizer steps of a small EigenGAN with a penalty on every fourth, on the current backend. */
export async function tenSteps(): Promise<TenSteps> {
  const { trainer, batches, dispose } = smallRun({ width: 1 / 32, batch: 2 });
  const { history } = await trainer.fit(batches, { steps: 10 });
  const networks = {
    generator: trainer.generator,
    average: trainer.emaGenerator,
    discriminator: trainer.discriminator,
  };
  const weights: Record<string, Float32Array> = {};
  for (const [network, model] of Object.entries(networks)) {
    for (const [role, { data }] of Object.entries(await readWeightsByRole(model))) {
      weights[`${network}/${role}`] = Float32Array.from(data);
    }
  }
  dispose();
  const losses = Object.entries(history).map(([name, values]) => [
    name,
    Float32Array.from(values, (value) => (Number.isNaN(value) ? 0 : value)),
  ]);
  return { losses: Object.fromEntries(losses), weights };
}
