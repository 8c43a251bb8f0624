import { type RandomStream, seededStream, shuffled } from '@eigengan/core';
import type { LoaderPlan } from './loader-options';
import type { LoaderPosition } from './loader-position';

/** This shard of a batch to come: which images, which of them mirrored, and the position once it is handed out. */
export interface BatchPlan {
  readonly index: Int32Array;
  readonly mirrored: readonly boolean[];
  readonly after: LoaderPosition;
}

/**
 * The batches from a position on. Each epoch has streams of its own for order and flips, so an epoch is
 * the same however it was reached, and turning flips on moves no image. A shard is a part of the same batches.
 */
export function* schedule(plan: LoaderPlan, from: LoaderPosition): Generator<BatchPlan, void> {
  let { epoch, batches } = from;
  const part = plan.batch / plan.shard.size;
  const [start, end] = [plan.shard.rank * part, (plan.shard.rank + 1) * part];
  while (true) {
    if (batches === plan.batchesPerEpoch) {
      epoch++;
      batches = 0;
    }
    if (epoch >= plan.epochs) return;
    const order = plan.shuffle ? shuffled(seededStream(plan.seed, `data/${epoch}`), plan.length) : undefined;
    const flips = plan.flip ? seededStream(plan.seed, `augment/${epoch}`) : undefined;
    for (let i = 0; i < batches * plan.batch; i++) flips?.uniform();
    while (batches < plan.batchesPerEpoch) {
      const first = batches * plan.batch;
      const index = Int32Array.from({ length: plan.batch }, (_, i) => order?.[first + i] ?? first + i);
      const mirrored = Array.from(index, () => tossed(flips));
      batches++;
      yield {
        index: index.slice(start, end),
        mirrored: mirrored.slice(start, end),
        after: { epoch, batches },
      };
    }
  }
}

function tossed(flips: RandomStream | undefined): boolean {
  return flips !== undefined && flips.uniform() < 0.5;
}
