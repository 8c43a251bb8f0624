import { type DecayOptions, decayOver } from './decay-span';
import type { Schedule } from './learning-rate';

/**
 * By half a cosine from `initial` at update `start` to `final` at update `end`:
 * `final + (initial - final) (1 + cos(pi (update - start) / (end - start))) / 2` (Loshchilov & Hutter, 2017,
 * equation 5, without restarts).
 */
export function cosineDecay(options: DecayOptions): Schedule {
  return decayOver('cosineDecay', options, (over) => (1 + Math.cos(Math.PI * over)) / 2);
}
