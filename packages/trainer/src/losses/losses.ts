import * as tf from '@tensorflow/tfjs-core';
import type { AdversarialLoss } from './adversarial-loss';

/**
 * The official code's `hinge_v1`, its default: D: `max(0, 1 - r)` and `max(0, 1 + f)`; G: `max(0, 1 - f)`,
 * clipped too, so that fakes already scored above 1 push no further.
 */
export function clippedHinge(): AdversarialLoss {
  return {
    name: 'clippedHinge',
    discriminator: hingeOfDiscriminator,
    generator: (fake) => mean(tf.relu(tf.sub(1, fake))),
  };
}

/** The usual hinge loss (the official code's `hinge_v2`): D as in `clippedHinge`; G: `-f`. */
export function hinge(): AdversarialLoss {
  return {
    name: 'hinge',
    discriminator: hingeOfDiscriminator,
    generator: (fake) => tf.neg(mean(fake)),
  };
}

/**
 * The non-saturating cross-entropy (the official code's `gan`): D: `softplus(-r)` and `softplus(f)`;
 * G: `softplus(-f)`.
 */
export function nonSaturating(): AdversarialLoss {
  return {
    name: 'nonSaturating',
    discriminator: (real, fake) => ({
      real: mean(tf.softplus(tf.neg(real))),
      fake: mean(tf.softplus(fake)),
    }),
    generator: (fake) => mean(tf.softplus(tf.neg(fake))),
  };
}

/** Least squares (the official code's `lsgan`): D: `(r - 1)^2` and `f^2`; G: `(f - 1)^2`. */
export function leastSquares(): AdversarialLoss {
  return {
    name: 'leastSquares',
    discriminator: (real, fake) => ({
      real: mean(tf.square(tf.sub(real, 1))),
      fake: mean(tf.square(fake)),
    }),
    generator: (fake) => mean(tf.square(tf.sub(fake, 1))),
  };
}

/** Wasserstein (the official code's `wgan`): D: `-r` and `f`; G: `-f`. Needs a gradient penalty. */
export function wasserstein(): AdversarialLoss {
  return {
    name: 'wasserstein',
    discriminator: (real, fake) => ({ real: tf.neg(mean(real)), fake: mean(fake) }),
    generator: (fake) => tf.neg(mean(fake)),
  };
}

// relu, not maximum: the second-order gradient of maximum throws in tfjs 4.22.
function hingeOfDiscriminator(real: tf.Tensor, fake: tf.Tensor) {
  return { real: mean(tf.relu(tf.sub(1, real))), fake: mean(tf.relu(tf.add(1, fake))) };
}

function mean(values: tf.Tensor): tf.Scalar {
  return tf.mean(values);
}
