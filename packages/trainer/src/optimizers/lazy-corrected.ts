import { argumentError, assertInteger } from '@eigengan/core';
import { type LearningRate, learningRateAt } from '../schedules/learning-rate';

/** What an optimizer of moving averages has, with or without a schedule. */
export interface LazyCorrectable {
  readonly learningRate: LearningRate;
  readonly beta1?: number | undefined;
  readonly beta2?: number | undefined;
}

/**
 * Options of Adam corrected for lazy regularisation (StyleGAN2, appendix B): where the penalties have an
 * update of their own (`penaltyUpdate: 'separate'`) every `interval` steps, that makes `interval + 1` updates
 * of what were `interval`. With c = interval / (interval + 1) the learning rate becomes `c rate` and a decay
 * `beta^c`, so that both forget and move as much in a step as before. In one joint update there is nothing to
 * correct.
 *
 * @param interval of the penalties, in steps
 */
export function lazyCorrected<Options extends LazyCorrectable>(options: Options, interval: number): Options {
  assertInteger('lazyCorrected: interval', interval, { min: 1 });
  const { learningRate, beta1, beta2 } = options;
  if (learningRate === undefined) {
    throw argumentError('lazyCorrected', 'needs the learningRate that it corrects', learningRate);
  }
  const c = interval / (interval + 1);
  return {
    ...options,
    learningRate:
      typeof learningRate === 'number'
        ? c * learningRate
        : (update: number) => c * learningRateAt(learningRate, update),
    ...(beta1 !== undefined && { beta1: beta1 ** c }),
    ...(beta2 !== undefined && { beta2: beta2 ** c }),
  };
}
