import { EigenganError } from '@eigengan/core';

/**
 * The failure that a signal was aborted with, or null. Any Error is one, as `BackendReport.lost` of
 * @eigengan/backends gives; a plain `abort()` or a timeout (a DOMException AbortError or TimeoutError), or a
 * reason that is no Error, only asks for an end.
 */
export function failureOf(signal: AbortSignal | undefined): Error | null {
  if (signal?.aborted !== true) return null;
  const reason: unknown = signal.reason;
  if (!(reason instanceof Error || EigenganError.is(reason))) return null;
  return ['AbortError', 'TimeoutError'].includes(reason.name) ? null : reason;
}

/** Calls `react` when the signal is, or was, aborted with a failure; returns what stops listening. */
export function onFailure(signal: AbortSignal | undefined, react: (failure: Error) => void): () => void {
  const listener = () => {
    const failure = failureOf(signal);
    if (failure !== null) react(failure);
  };
  listener();
  signal?.addEventListener('abort', listener);
  return () => signal?.removeEventListener('abort', listener);
}

/**
 * The outcome of `work`, unless the signal fails first: then its failure, at once, because what waits for a
 * lost device may wait for ever.
 */
export async function unlessFailed<T>(signal: AbortSignal | undefined, work: T | Promise<T>): Promise<T> {
  let stopListening = () => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      stopListening = onFailure(signal, reject);
      Promise.resolve(work).then(resolve, reject);
    });
  } finally {
    stopListening();
  }
}
