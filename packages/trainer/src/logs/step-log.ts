import { NonFiniteError } from '../watch/non-finite-error';

/** What a step reports: flat, numbers only. */
export type StepLog = Readonly<Record<string, number>>;

/** Where a step left the trainer. */
export interface StepProgress {
  /** Steps done. */
  readonly step: number;
  /** Real images seen. */
  readonly images: number;
  readonly penaltiesEvaluated: number;
  /** What the augmentation of the step adds. */
  readonly augmentation: StepLog;
  /** Of the networks that were updated; null where it follows no schedule. */
  readonly scheduledRates: { readonly discriminator: number | null; readonly generator: number | null };
}

export function stepLog(
  { step, images, penaltiesEvaluated, augmentation, scheduledRates }: StepProgress,
  values: ReadonlyMap<string, number>,
): StepLog {
  const { discriminator, generator } = scheduledRates;
  return {
    step,
    images,
    // Of a loss that does not come apart it is among the values.
    d_loss: (values.get('d_real') ?? 0) + (values.get('d_fake') ?? 0),
    ...Object.fromEntries(values),
    ...augmentation,
    penalty_evaluated: penaltiesEvaluated,
    ...(discriminator === null ? {} : { d_learning_rate: discriminator }),
    ...(generator === null ? {} : { g_learning_rate: generator }),
  };
}

/** What is not finite in a log, the caller's metrics aside, or null. */
export function nonFiniteOf(
  log: StepLog,
  metrics: Readonly<Record<string, unknown>>,
): Record<string, number> | null {
  const broken = Object.entries(log).filter(([name, value]) => !Number.isFinite(value) && !(name in metrics));
  return broken.length === 0 ? null : Object.fromEntries(broken);
}

export function nonFiniteError(step: number, broken: Readonly<Record<string, number>>): NonFiniteError {
  return new NonFiniteError(
    `Trainer: step ${step}`,
    'every loss must be finite',
    broken,
    'Restore the last checkpoint with a lower learning rate or a stronger penalty',
  );
}
