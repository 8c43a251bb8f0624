import { assertOneOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { SeparableLoss } from './adversarial-loss';

/** An f-divergence by its output activation g(v) and the conjugate f*(g(v)) (f-GAN, Nowozin et al. 2016). */
interface Divergence {
  activation(logits: tf.Tensor): tf.Tensor;
  conjugate(logits: tf.Tensor): tf.Tensor;
}

// Each conjugate is written in the logits, simplified: what cancels cannot overflow.
const divergences = {
  kl: {
    activation: (v) => v,
    conjugate: (v) => exponential(tf.sub(v, 1)),
  },
  reverseKl: {
    activation: (v) => tf.neg(exponential(tf.neg(v))),
    conjugate: (v) => tf.sub(v, 1),
  },
  pearson: {
    activation: (v) => v,
    conjugate: (v) => tf.add(tf.mul(0.25, tf.square(v)), v),
  },
  squaredHellinger: {
    activation: (v) => tf.sub(1, exponential(tf.neg(v))),
    conjugate: (v) => tf.sub(exponential(v), 1),
  },
  jensenShannon: {
    activation: (v) => tf.sub(Math.LN2, tf.softplus(tf.neg(v))),
    conjugate: (v) => tf.sub(tf.softplus(v), Math.LN2),
  },
  gan: {
    activation: (v) => tf.neg(tf.softplus(tf.neg(v))),
    conjugate: (v) => tf.softplus(v),
  },
} as const satisfies Record<string, Divergence>;

export type DivergenceName = keyof typeof divergences;

export interface FDivergenceOptions {
  readonly divergence: DivergenceName;
  /** G maximises g(f) as in practice (default), or minimises -f*(g(f)), the other half of D's own game. */
  readonly generatorObjective?: 'practical' | 'theoretical' | undefined;
}

/**
 * The f-GAN losses (Nowozin et al. 2016, table 2; the official code's `fgan_*`): D: `-g(r)` and `f*(g(f))`;
 * G: `-g(f)`, in theory `-f*(g(f))`. Every `e^v` goes on as its tangent above v = 30.
 *
 * @throws ArgumentError naming the nearest divergence when there is none of that name
 */
export function fDivergence({
  divergence,
  generatorObjective = 'practical',
}: FDivergenceOptions): SeparableLoss {
  assertOneOf('fDivergence: divergence', divergence, divergenceNames);
  assertOneOf('fDivergence: generatorObjective', generatorObjective, ['practical', 'theoretical']);
  const { activation, conjugate }: Divergence = divergences[divergence];
  return {
    name: `fDivergence(${divergence}, ${generatorObjective})`,
    discriminator: (real, fake) => ({
      real: tf.neg(tf.mean<tf.Scalar>(activation(real))),
      fake: tf.mean<tf.Scalar>(conjugate(fake)),
    }),
    generator: (fake) =>
      tf.neg(tf.mean<tf.Scalar>(generatorObjective === 'practical' ? activation(fake) : conjugate(fake))),
  };
}

/** `e^v`, above 30 its tangent there: float32 then holds the gradient's square too, which Adam keeps. */
function exponential(v: tf.Tensor): tf.Tensor {
  const most = 30;
  return tf.mul(tf.exp(tf.minimum(v, most)), tf.add(1, tf.relu(tf.sub(v, most))));
}

export const divergenceNames: readonly DivergenceName[] = [
  'kl',
  'reverseKl',
  'pearson',
  'squaredHellinger',
  'jensenShannon',
  'gan',
];
