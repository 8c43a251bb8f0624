import { type DecayOptions, decayOver } from './decay-span';
import type { Schedule } from './learning-rate';

/** In a straight line from `initial` at update `start` to `final` at update `end`. */
export function linearDecay(options: DecayOptions): Schedule {
  return decayOver('linearDecay', options, (over) => 1 - over);
}
