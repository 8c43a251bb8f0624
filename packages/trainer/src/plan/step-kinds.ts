import { generatorIsDue, generatorUpdate } from '../phases/generator-turn';
import { isDue } from '../phases/term';
import type { TrainerSettings } from '../trainer-options';

/** Steps on which the same terms are due. */
export interface StepKind {
  /** The first of them, 0-based. */
  readonly first: number;
  /** Which share of all steps they are. */
  readonly share: number;
  /** Names of the penalties that are due. */
  readonly penalties: readonly string[];
  readonly updatesGenerator: boolean;
}

/** Longer cycles of intervals that have no common factor are cut here: a share is off by 1e-4 then. */
const longestCycle = 10_000;

/** The kinds of steps of a run, in the order in which they first come. */
export function stepKinds(settings: TrainerSettings): StepKind[] {
  const { penalties, generatorInterval, regularizationInterval } = settings;
  const intervals = [
    ...penalties.map(({ interval }) => interval),
    regularizationInterval,
    // G's regularisation counts G's updates.
    generatorInterval * regularizationInterval,
  ];
  const cycle = Math.min(longestCycle, intervals.reduce(leastCommonMultiple, 1));
  const kinds = new Map<string, { first: number; count: number; due: string[]; updatesGenerator: boolean }>();
  for (let step = 0; step < cycle; step++) {
    const due = penalties.filter((penalty) => isDue(penalty, step)).map(({ name }) => name);
    const updatesGenerator = generatorIsDue(settings, step);
    const interval = regularizationInterval;
    const regularized = [
      isDue({ interval }, step),
      updatesGenerator && isDue({ interval }, generatorUpdate(settings, step)),
    ];
    const key = JSON.stringify([due, updatesGenerator, regularized]);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { first: step, count: 1, due, updatesGenerator });
    else kind.count++;
  }
  return [...kinds.values()].map(({ first, count, due, updatesGenerator }) => ({
    first,
    share: count / cycle,
    penalties: due,
    updatesGenerator,
  }));
}

function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
