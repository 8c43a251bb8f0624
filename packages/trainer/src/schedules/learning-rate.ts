import { assertFinite, TrainingError } from '@eigengan/core';

/** The learning rate at each 0-based update of one network. */
export type Schedule = (update: number) => number;

/** A constant of at least 0, or a schedule. */
export type LearningRate = number | Schedule;

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
