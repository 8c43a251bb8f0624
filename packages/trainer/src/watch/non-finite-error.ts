import { TrainingError } from '@eigengan/core';
import type { Finding } from './training-event';

/** Values that are not finite, by name. */
export class NonFiniteError extends TrainingError {
  readonly finding: Finding;

  constructor(where: string, rule: string, numbers: Readonly<Record<string, number>>, hint: string) {
    const message = `${rule}, got ${listed(numbers)}`;
    super(`${where}: ${message}`, { hint });
    this.finding = { message, hint, about: Object.keys(numbers), numbers };
  }
}

/** `name value, ...` */
export function listed(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
