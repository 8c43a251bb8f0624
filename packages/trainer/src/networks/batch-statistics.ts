import { HeldVariables } from './held-variables';
import type { NetworkWeight } from './network-weights';

/**
 * Runs `compute` and puts back every given weight that it moved: in training mode a batch normalisation
 * writes its moving statistics during the forward pass. Costs a reference a weight, no copy.
 */
export function keepingWeights<T>(weights: readonly NetworkWeight[], compute: () => T): T {
  const before = new HeldVariables(weights.map(({ variable }) => variable));
  try {
    return compute();
  } finally {
    before.restore();
    before.release();
  }
}
