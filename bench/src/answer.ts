import type { Request, Work } from './cases';
import type { KernelProfile } from './kernel-profile';

/** What a process is told, as a line of JSON: to do something so many times. */
export interface Order {
  readonly work: Request;
  readonly count: number;
}

/** What it answers, as a line of JSON: the first of these when it is ready, then one for each order. */
export interface Answer {
  /** What is running, as the process says itself. */
  readonly ready?: string;
  readonly parameters?: { readonly generator: number; readonly discriminator: number };
  /** Milliseconds, one entry for each time. */
  readonly times?: readonly Partial<Readonly<Record<Work, number>>>[];
  /** The most memory that the process ever held; null where it cannot tell. */
  readonly peakBytes?: number | null;
  readonly profile?: KernelProfile | undefined;
}
