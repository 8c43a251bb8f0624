/**
 * Wraps a slow thing so that it takes a small part of the time, however slow the machine: after each call it
 * rests ten times as long as the call took, and at least `rest` milliseconds.
 */
export function sometimes(rest: number, work: () => Promise<void>): () => Promise<void> {
  let next = 0;
  return async () => {
    const start = performance.now();
    if (start < next) return;
    await work();
    const end = performance.now();
    next = end + Math.max(rest, 10 * (end - start));
  };
}
