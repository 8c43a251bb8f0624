import { assertInteger } from './assertions';
import type { RandomStream } from './random-stream';

/** A random permutation of 0 .. length - 1 (Fisher-Yates). */
export function shuffled(stream: RandomStream, length: number): Uint32Array {
  assertInteger('shuffled: length', length, { min: 0, max: 2 ** 32 - 1 });
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = stream.integer(i + 1);
    const swapped = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = swapped;
  }
  return order;
}
