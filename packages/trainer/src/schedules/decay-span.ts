import { assertFinite, assertInteger } from '@eigengan/core';

/** From where to where a rate goes, and when. */
export interface DecayOptions {
  /** The rate up to `start`; at least 0. */
  readonly initial: number;
  /** The rate from `end` on; at least 0. Default 0. */
  readonly final?: number | undefined;
  /** The last update at `initial`, 0-based. Default 0. */
  readonly start?: number | undefined;
  /** The first update at `final`, 0-based; after `start`. */
  readonly end: number;
}

/**
 * A schedule from `initial` to `final`, of which `shape` says how much of the difference is left when a share
 * from 0 to 1 of the time is over.
 */
export function decayOver(
  where: string,
  { initial, final = 0, start = 0, end }: DecayOptions,
  shape: (over: number) => number,
): (update: number) => number {
  assertFinite(`${where}: initial`, initial, { min: 0 });
  assertFinite(`${where}: final`, final, { min: 0 });
  assertInteger(`${where}: start`, start, { min: 0 });
  assertInteger(`${where}: end`, end, { min: start + 1 });
  return (update) => {
    const over = Math.min(1, Math.max(0, (update - start) / (end - start)));
    return final + (initial - final) * shape(over);
  };
}
