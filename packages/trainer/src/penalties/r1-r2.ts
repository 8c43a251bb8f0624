import { assertFields, assertFinite, assertInteger } from '@eigengan/core';
import type { PenaltyTerm } from './penalty-term';
import { zeroCentred } from './zero-centred';

export interface GradientRegularizerOptions {
  /** Above 0. Default 10, as in the paper. */
  readonly gamma?: number | undefined;
  /** n, in steps: it runs on 0-based steps 0, n, 2n, ..., multiplied by n. Default 1; 16 in StyleGAN2. */
  readonly interval?: number | undefined;
}

/**
 * R1, `gamma / 2 E ||grad||^2` at the reals (Mescheder et al. 2018, equation 9): `zeroCentred` at `real` of
 * weight gamma / 2. The log has the value without gamma / 2.
 */
export function r1(options: GradientRegularizerOptions = {}): PenaltyTerm {
  return regularizer('r1', 'real', options);
}

/** R2, the same at the fakes (Mescheder et al. 2018, equation 10). */
export function r2(options: GradientRegularizerOptions = {}): PenaltyTerm {
  return regularizer('r2', 'fake', options);
}

function regularizer(
  name: 'r1' | 'r2',
  at: 'real' | 'fake',
  { gamma = 10, interval = 1, ...others }: GradientRegularizerOptions,
): PenaltyTerm {
  assertFields(name, others, ['gamma', 'interval']);
  assertFinite(`${name}: gamma`, gamma, { exclusiveMin: 0 });
  assertInteger(`${name}: interval`, interval, { min: 1 });
  return {
    ...zeroCentred({ at, weight: gamma / 2, interval }),
    name,
    configuration: { kind: name, gamma, interval },
  };
}
