import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../networks/network';
import { gradientsOf } from './gradients';
import { isDue, type Logits, type Term } from './term';

/**
 * One optimizer update of one network by the sum of the terms that are due on this step, then its weights'
 * constraints. Every trainable weight takes part in a fixed order, with a zero gradient where the loss does
 * not depend on it. With nothing to train the terms are evaluated and that is all.
 */
export function runPhase(network: Network, terms: readonly Term[], step: number): void {
  const due = terms.filter((term) => isDue(term, step));
  if (due.length === 0) return;
  const weights = network.trainableWeights();
  tf.tidy(() => {
    if (weights.length === 0) {
      sumOf(due);
      return;
    }
    const gradients = gradientsOf(
      () => sumOf(due),
      weights.map(({ variable }) => variable),
    );
    network.optimizer.apply(
      weights.map(({ role, variable }, i) => ({
        role,
        variable,
        gradient: gradients[i] ?? tf.zerosLike(variable),
      })),
    );
    for (const { variable, constraint } of weights) {
      if (constraint !== null) variable.assign(constraint.apply(variable));
    }
  });
}

function sumOf(terms: readonly Term[]): tf.Scalar {
  const logits: Logits = new Map();
  const [first, ...others] = terms.map((term) => weighted(term, logits));
  if (first === undefined) return tf.scalar(0);
  return others.reduce<tf.Scalar>((sum, term) => tf.add(sum, term), first);
}

function weighted({ weight, interval, evaluate }: Term, logits: Logits): tf.Scalar {
  const factor = weight * interval;
  return factor === 1 ? evaluate(logits) : tf.mul(factor, evaluate(logits));
}
