import { assertInteger } from '@eigengan/core';
import { assertLearningRate, type LearningRate, learningRateAt, type Schedule } from './learning-rate';

/**
 * Rises in a straight line to what `then` begins with (Goyal et al., 2017, section 2.2): update t of the
 * `updates` first ones has `(t + 1) / (updates + 1)` of it, so none has 0. Then `then` begins, at its update 0.
 *
 * @param updates how many, at least 0
 * @param then a number or a schedule
 */
export function warmUp(updates: number, then: LearningRate): Schedule {
  assertInteger('warmUp: updates', updates, { min: 0 });
  assertLearningRate('warmUp', then);
  return (update) =>
    update < updates
      ? (learningRateAt(then, 0) * (update + 1)) / (updates + 1)
      : learningRateAt(then, update - updates);
}
