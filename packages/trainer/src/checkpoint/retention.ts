import { argumentError, assertInteger, assertOneOf } from '@eigengan/core';

/** Which number says how good a checkpoint is. */
export interface BestBy {
  /** Its name: a number of the step's log, e.g. one of the trainer's `metrics`; or what `measure` measures. */
  readonly metric: string;
  /** Whether the lowest or the highest is the best. */
  readonly mode: 'min' | 'max';
}

/** Which checkpoints stay when a new one was saved. */
export interface Retention {
  /** How many of the newest stay, at least 1. Default: all. */
  readonly keepLast?: number | undefined;
  /** The best one stays too, however old; of equally good ones the earlier. Default: none. */
  readonly keepBest?: BestBy | undefined;
}

/** A checkpoint and how good it is. */
export interface Scored {
  readonly step: number;
  /** Absent when it was not measured; not finite when that failed. Neither is ever the best. */
  readonly score?: number | undefined;
}

/** @throws ArgumentError naming the field of `where` that breaks a rule */
export function checkRetention(where: string, { keepLast, keepBest }: Retention): void {
  if (keepLast !== undefined) assertInteger(`${where}.keepLast`, keepLast, { min: 1 });
  if (keepBest !== undefined) checkBestBy(`${where}.keepBest`, keepBest);
}

/** @throws ArgumentError naming the field of `where` that breaks a rule */
export function checkBestBy(where: string, by: BestBy): void {
  if (typeof by?.metric !== 'string' || by.metric === '') {
    throw argumentError(`${where}.metric`, 'must be a name', by?.metric);
  }
  assertOneOf(`${where}.mode`, by.mode, ['min', 'max']);
}

/** The steps that need not stay. */
export function superfluous(stored: readonly Scored[], { keepLast, keepBest }: Retention): number[] {
  if (keepLast === undefined) return [];
  const ascending = [...stored].sort((a, b) => a.step - b.step);
  const kept = new Set(ascending.slice(-keepLast).map(({ step }) => step));
  const best = keepBest && bestOf(ascending, keepBest.mode);
  if (best !== undefined) kept.add(best.step);
  return ascending.map(({ step }) => step).filter((step) => !kept.has(step));
}

/** The best of what has a finite score, of equally good ones the first. */
export function bestOf<T extends Scored>(scored: readonly T[], mode: BestBy['mode']): T | undefined {
  const sign = mode === 'min' ? 1 : -1;
  const value = ({ score }: Scored) =>
    Number.isFinite(score) ? sign * Number(score) : Number.POSITIVE_INFINITY;
  let best: T | undefined;
  for (const one of scored) {
    if (value(one) < (best === undefined ? Number.POSITIVE_INFINITY : value(best))) best = one;
  }
  return best;
}
