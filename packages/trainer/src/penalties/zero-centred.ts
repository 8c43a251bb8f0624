import { type GradientPenaltyOptions, gradientPenalty } from './gradient-penalty';
import type { PenaltyTerm } from './penalty-term';

/** `E ||grad||^2` (the official code's `0-gp`). */
export function zeroCentred(options: GradientPenaltyOptions): PenaltyTerm {
  return gradientPenalty('zeroCentred', options, (squares) => squares);
}
