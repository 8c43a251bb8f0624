import { assertFinite, assertInteger, assertOneOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { PenaltyContext, PenaltyTerm } from './penalty-term';

/** Where the discriminator's gradient is taken. */
export type PenaltySample = 'real' | 'fake' | 'line' | 'real+fake';

export interface GradientPenaltyOptions {
  /**
   * `real` and `fake`: at those images; `real+fake`: at both, one batch of twice the size; `line`: between
   * them, `real + alpha (fake - real)`.
   */
  readonly at: PenaltySample;
  /** What the penalty is multiplied by; above 0. Default 10, the official value. */
  readonly weight?: number | undefined;
  /** n, in steps: the penalty runs on 0-based steps 0, n, 2n, ..., multiplied by n. Default 1. */
  readonly interval?: number | undefined;
  /**
   * alpha for `line`, `[batch, 1, 1, 1]` (as many ones as images have axes), in [0, 1). Default: uniform,
   * one an image, from `context.random`. The trainer disposes of the tensor.
   */
  readonly alpha?: ((context: PenaltyContext) => tf.Tensor) | undefined;
}

/** Under every root: a zero gradient then has a finite norm (1e-4) with a finite (zero) gradient. */
const epsilon = 1e-8;

/** `E ||grad||^2` (the official code's `0-gp`; on reals it is R1 with weight gamma / 2, on fakes R2). */
export function zeroCentred(options: GradientPenaltyOptions): PenaltyTerm {
  return gradientPenalty('zeroCentred', options, (squares) => squares);
}

/** `E (||grad|| - 1)^2` (the official code's `1-gp`; on the line it is WGAN-GP). */
export function oneCentred(options: GradientPenaltyOptions): PenaltyTerm {
  return gradientPenalty('oneCentred', options, (squares) => tf.square(tf.sub(norm(squares), 1)));
}

/** `E max(0, ||grad|| - 1)^2` (the official code's `lp`: only norms above 1 cost anything). */
export function lipschitz(options: GradientPenaltyOptions): PenaltyTerm {
  // relu, not maximum: the second-order gradient of maximum throws in tfjs 4.22.
  return gradientPenalty('lipschitz', options, (squares) => tf.square(tf.relu(tf.sub(norm(squares), 1))));
}

function gradientPenalty(
  kind: string,
  { at, weight = 10, interval = 1, alpha = uniformAlpha }: GradientPenaltyOptions,
  cost: (squaredNorms: tf.Tensor) => tf.Tensor,
): PenaltyTerm {
  assertOneOf(`${kind}: at`, at, ['real', 'fake', 'line', 'real+fake']);
  assertFinite(`${kind}: weight`, weight, { exclusiveMin: 0 });
  assertInteger(`${kind}: interval`, interval, { min: 1 });
  return {
    name: `${kind}(${at})`,
    weight,
    interval,
    configuration: { kind, at, weight, interval },
    evaluate: (context) =>
      tf.tidy(() => {
        // The gradient of the sum is each image's own, unless batch statistics couple them.
        const gradient = tf.grad((images) => tf.sum(context.discriminate(images)))(
          sampleOf(at, context, alpha),
        );
        const otherAxes = gradient.shape.map((_, axis) => axis).slice(1);
        return tf.mean<tf.Scalar>(cost(tf.sum(tf.square(gradient), otherAxes)));
      }),
  };
}

function norm(squares: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.add(squares, epsilon));
}

function sampleOf(
  at: PenaltySample,
  context: PenaltyContext,
  alpha: (context: PenaltyContext) => tf.Tensor,
): tf.Tensor {
  const { real, fake } = context;
  if (at === 'real') return real;
  if (at === 'fake') return fake;
  if (at === 'real+fake') return tf.concat([real, fake]);
  return tf.add(real, tf.mul(alpha(context), tf.sub(fake, real)));
}

function uniformAlpha({ real, part, random }: PenaltyContext): tf.Tensor {
  const [batch = 0, ...axes] = real.shape;
  const draws = Float32Array.from({ length: part.of }, () => random.uniform());
  return tf.tensor(draws.subarray(part.offset, part.offset + batch), [batch, ...axes.map(() => 1)]);
}
