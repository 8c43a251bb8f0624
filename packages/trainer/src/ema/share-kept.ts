import type { MovingAverageSettings } from './moving-average-options';

/** What an average has taken in. */
export interface AverageCounts {
  /** How often it was updated. */
  readonly updates: number;
  /** Real images that were seen by its last update. */
  readonly images: number;
  /** Real images since. */
  readonly pending: number;
}

/** The share of the average that stays at an update, in [0, 1). */
export function shareKept(
  settings: MovingAverageSettings,
  { updates, images, pending }: AverageCounts,
): number {
  if ('decay' in settings) {
    const { decay, warmup } = settings;
    return warmup ? Math.min(decay, (1 + updates) / (10 + updates)) : decay;
  }
  const { halfLife, rampUp } = settings;
  const life = rampUp === null ? halfLife : Math.min(halfLife, rampUp * images);
  // Of no life at all nothing stays: 0.5^Infinity.
  return 0.5 ** (pending / life);
}
