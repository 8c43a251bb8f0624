import { TrainingError } from '@eigengan/core';

/** What a step reports: flat, numbers only. */
export type StepLog = Readonly<Record<string, number>>;

/** Where a step left the trainer. */
export interface StepProgress {
  /** Steps done. */
  readonly step: number;
  /** Real images seen. */
  readonly images: number;
  readonly penaltiesEvaluated: number;
}

export function stepLog(
  { step, images, penaltiesEvaluated }: StepProgress,
  values: ReadonlyMap<string, number>,
): StepLog {
  return {
    step,
    images,
    // Of a loss that does not come apart it is among the values.
    d_loss: (values.get('d_real') ?? 0) + (values.get('d_fake') ?? 0),
    ...Object.fromEntries(values),
    penalty_evaluated: penaltiesEvaluated,
  };
}

/** `name value, ...` of what is not finite in a log, the caller's metrics aside, or null. */
export function nonFiniteOf(log: StepLog, metrics: Readonly<Record<string, unknown>>): string | null {
  const broken = Object.entries(log).filter(([name, value]) => !Number.isFinite(value) && !(name in metrics));
  return broken.length === 0 ? null : broken.map(([name, value]) => `${name} ${value}`).join(', ');
}

export function nonFiniteError(step: number, broken: string): TrainingError {
  return new TrainingError(`Trainer: step ${step}: every loss must be finite, got ${broken}`, {
    hint: 'Restore the last checkpoint with a lower learning rate or a stronger penalty',
  });
}
