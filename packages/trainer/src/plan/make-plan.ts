import { type TrainerParts, tensorsOf } from '../checkpoint/checkpoint-tensors';
import type { TrainerSettings } from '../trainer-options';
import { peakBytesOf } from './peak-bytes';
import { stepKinds } from './step-kinds';
import { parametersOf, phasesOf, type TimedStep, type TrainingPlan } from './training-plan';

/**
 * Takes a step of each kind twice, and times the second.
 *
 * @param take takes the step of that number, 0-based
 */
export async function makePlan(
  settings: TrainerSettings,
  parts: TrainerParts,
  batch: number,
  take: (step: number) => Promise<unknown>,
): Promise<TrainingPlan> {
  const steps: TimedStep[] = [];
  let peakBytes = 0;
  for (const kind of stepKinds(settings)) {
    // The first compiles kernels and makes caches; its timings would be of those.
    const peak = await peakBytesOf(async () => {
      await take(kind.first);
    });
    peakBytes = Math.max(peakBytes, peak);
    const begin = performance.now();
    await take(kind.first);
    steps.push({ ...kind, milliseconds: performance.now() - begin });
  }
  const millisecondsPerStep = steps.reduce((sum, { share, milliseconds }) => sum + share * milliseconds, 0);
  const state = [...tensorsOf(parts).values()];
  return {
    batch,
    parameters: {
      generator: parametersOf(parts.generator),
      discriminator: parametersOf(parts.discriminator),
    },
    phases: phasesOf(settings, parts, batch),
    steps,
    millisecondsPerStep,
    imagesPerSecond: (1000 * batch) / millisecondsPerStep,
    stateBytes: state.reduce((sum, { size }) => sum + 4 * size, 0),
    peakBytes,
  };
}
