import { argumentError, assertFields, assertFinite, assertInteger, assertOneOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { type PenaltySample, penaltySample, penaltySamples } from './penalty-sample';
import type { PenaltyContext, PenaltyTerm } from './penalty-term';

export interface GradientPenaltyOptions {
  /**
   * `real` and `fake`: at those images; `real+fake`: at both, one batch of twice the size; `line`: between
   * them, `real + alpha (fake - real)`; `dragan-real` and `dragan-fake`: around them, at
   * `x + alpha beta std(x) / 2` with beta uniform for each element and the standard deviation that of all
   * elements of the images that pass at once: of the batch, or of a micro-batch (the official code's
   * `dragan_real` and `dragan_fake`, after Kodali et al. 2017).
   */
  readonly at: PenaltySample;
  /** What the penalty is multiplied by; above 0. Default 10, the official value. */
  readonly weight?: number | undefined;
  /** n, in steps: the penalty runs on 0-based steps 0, n, 2n, ..., multiplied by n. Default 1. */
  readonly interval?: number | undefined;
  /**
   * alpha, with `line` only: `[batch, 1, 1, 1]` (as many ones as images have axes), in [0, 1). Default:
   * uniform, one an image, from `context.random`. The trainer disposes of the tensor.
   */
  readonly alpha?: ((context: PenaltyContext) => tf.Tensor) | undefined;
}

/** Under every root: a zero gradient then has a finite norm (1e-4) with a finite (zero) gradient. */
const epsilon = 1e-8;

/**
 * The mean of `cost`, given the squared norm of D's gradient at each image of the sample.
 *
 * @throws ArgumentError when an option breaks a rule, naming it
 */
export function gradientPenalty(
  kind: string,
  { at, weight = 10, interval = 1, alpha, ...others }: GradientPenaltyOptions,
  cost: (squaredNorms: tf.Tensor) => tf.Tensor,
): PenaltyTerm {
  assertFields(kind, others, ['at', 'weight', 'interval', 'alpha']);
  assertOneOf(`${kind}: at`, at, penaltySamples);
  assertFinite(`${kind}: weight`, weight, { exclusiveMin: 0 });
  assertInteger(`${kind}: interval`, interval, { min: 1 });
  if (alpha !== undefined && at !== 'line') {
    throw argumentError(`${kind}: alpha`, "must go with at: 'line'", at);
  }
  return {
    name: `${kind}(${at})`,
    weight,
    interval,
    configuration: { kind, at, weight, interval },
    evaluate: (context) =>
      tf.tidy(() => {
        // The gradient of the sum is each image's own, unless batch statistics couple them.
        const gradient = tf.grad((images) => tf.sum(context.discriminate(images)))(
          penaltySample(at, context, alpha),
        );
        const otherAxes = gradient.shape.map((_, axis) => axis).slice(1);
        return tf.mean<tf.Scalar>(cost(tf.sum(tf.square(gradient), otherAxes)));
      }),
  };
}

export function norm(squares: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.add(squares, epsilon));
}
