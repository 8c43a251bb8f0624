import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../networks/network';
import type { NetworkWeight } from '../networks/network-weights';
import { gradientsOf } from './gradients';
import { isDue, type Logits, type Term } from './term';

/** What a phase's loss is on some images of the batch. */
export interface PhasePart {
  /** What the loss on the whole batch takes of this one. */
  readonly share: number;
  terms(): readonly Term[];
}

/** One update of one network by the sum of the terms that are due. */
export interface Phase {
  readonly network: Network;
  /** 0-based, in updates of this network: which terms are due. */
  readonly step: number;
  /** One after another, so that only one part's activations are in memory at a time. */
  readonly parts: readonly PhasePart[];
}

/** Sums gradients over processes: takes this one's and gives the sums, which are the caller's. */
export type Reduce = (gradients: readonly tf.Tensor[]) => Promise<tf.Tensor[]>;

/** Does a phase at once. */
export function runPhase(phase: Phase): void {
  tf.tidy(() => {
    const weights = phase.network.trainableWeights();
    update(phase.network, weights, phaseGradients(phase, weights));
  });
}

/**
 * Does a phase with the gradients that `reduce` makes of its own.
 *
 * @param during runs what computes, at once
 */
export async function runReducedPhase(
  phase: Phase,
  reduce: Reduce,
  during: <T>(compute: () => T) => T,
): Promise<void> {
  const weights = phase.network.trainableWeights();
  const own = during(() =>
    tf.tidy(() => phaseGradients(phase, weights).map((gradient) => tf.keep(tf.clone(gradient)))),
  );
  if (own.length === 0) return;
  let sums: tf.Tensor[] = [];
  try {
    sums = await reduce(own);
    tf.tidy(() => update(phase.network, weights, sums));
  } finally {
    tf.dispose([...own, ...sums]);
  }
}

/**
 * The gradient of a phase's loss for each of the weights, zero where the loss does not depend on it; none
 * when no term is due. With nothing to train the terms are evaluated and that is all.
 */
function phaseGradients({ parts, step }: Phase, weights: readonly NetworkWeight[]): tf.Tensor[] {
  let sums: tf.Tensor[] = [];
  for (const part of parts) {
    const gradients = tf.tidy(() => partGradients(part, weights, step));
    const before = sums;
    sums = before.length === 0 ? gradients : before.map((sum, i) => plus(sum, gradients[i]));
    if (before.length > 0) tf.dispose([before, gradients]);
  }
  return sums;
}

function partGradients({ share, terms }: PhasePart, weights: readonly NetworkWeight[], step: number) {
  const due = terms().filter((term) => isDue(term, step));
  if (due.length === 0) return [];
  // None reuses another's logits: without a gradient around them one term's are constants to another.
  if (weights.length === 0) for (const term of due) term.evaluate(null);
  const gradients = gradientsOf(
    () => sumOf(due),
    weights.map(({ variable }) => variable),
  );
  return weights.map(({ variable }, i) => {
    const gradient = gradients[i] ?? tf.zerosLike<tf.Tensor>(variable);
    return share === 1 ? gradient : tf.mul<tf.Tensor>(gradient, share);
  });
}

function plus(sum: tf.Tensor, gradient: tf.Tensor | undefined): tf.Tensor {
  return gradient === undefined ? sum : tf.add(sum, gradient);
}

/** One optimizer update, then the weights' constraints. */
function update(network: Network, weights: readonly NetworkWeight[], gradients: readonly tf.Tensor[]): void {
  if (gradients.length === 0) return;
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
}

function sumOf(due: readonly Term[]): tf.Scalar {
  const logits: Logits | null = due.some(({ reusesLogits }) => reusesLogits) ? new Map() : null;
  const [first, ...others] = due.map((term) => weighted(term, logits));
  if (first === undefined) return tf.scalar(0);
  return others.reduce<tf.Scalar>((sum, term) => tf.add(sum, term), first);
}

function weighted({ weight, interval, evaluate }: Term, logits: Logits | null): tf.Scalar {
  const factor = weight * interval;
  return factor === 1 ? evaluate(logits) : tf.mul(factor, evaluate(logits));
}
