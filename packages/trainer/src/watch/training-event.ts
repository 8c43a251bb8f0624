/** Something about a run that its owner should know, as plain data, fit for a log. */
export interface TrainingEvent {
  /** `stuck`, `collapse`, ...: the watcher's kind, or one of `fit`'s own: `non-finite`, `no-steps`, `loader-ended`. */
  readonly kind: string;
  /** Steps done when it was noticed. */
  readonly step: number;
  /** What is so, with its numbers, and the hint. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** What it is about where there are several: networks, or coordinates (`z_0/3`). May be empty. */
  readonly about: readonly string[];
  /** By name; the README lists them by kind. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** An event before it has its place in a run; its message is without the hint. */
export type Finding = Omit<TrainingEvent, 'kind' | 'step'>;

export function trainingEvent(kind: string, step: number, finding: Finding): TrainingEvent {
  const { message, hint, about, numbers } = finding;
  return { kind, step, message: `step ${step}: ${message}. ${hint}`, hint, about, numbers };
}

/** A number for a message, short: `0.0123`, `3.2e-9`. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
