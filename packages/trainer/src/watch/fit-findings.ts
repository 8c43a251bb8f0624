import type { Finding } from './training-event';

/** `fit` was asked for no more steps than were done before. */
export function noSteps(done: number, steps: number): Finding {
  return {
    message: `nothing was left to do: ${done} steps were done before, ${steps} were asked for in all`,
    hint: 'steps counts all steps of the trainer, those before included: ask for more',
    about: [],
    numbers: { done, steps },
  };
}

/** The loader had no more batches, but there were steps to do. */
export function loaderEnded(done: number, steps: number): Finding {
  return {
    message: `the loader ended before the ${steps} steps that were asked for`,
    hint: 'Give it more epochs, or none, for batches without end',
    about: [],
    numbers: { done, steps },
  };
}
