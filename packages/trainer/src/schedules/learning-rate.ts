import { assertFinite, TrainingError } from '@eigengan/core';

/** A number of at least 0, or what it is at each 0-based update. */
export type LearningRate = number | ((update: number) => number);

export function assertLearningRate(where: string, rate: LearningRate): void {
  if (typeof rate !== 'function') assertFinite(`${where}: learningRate`, rate, { min: 0 });
}

/** @throws TrainingError when a schedule returns what is no learning rate */
export function learningRateAt(rate: LearningRate, update: number): number {
  if (typeof rate === 'number') return rate;
  const value = rate(update);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new TrainingError(
    `learningRate: a schedule must return a finite number of at least 0, got ${value} at update ${update}`,
  );
}
