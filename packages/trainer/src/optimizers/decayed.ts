import { assertFields, assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { isKernel } from './kernels';
import type { Optimizer } from './optimizer';
import { withGradients } from './with-gradients';

export interface DecayedOptions {
  /** What `0.5 * sum(w^2)` over all kernels weighs in the loss; at least 0. The official default is 0. */
  readonly kernels: number;
}

/**
 * An optimizer with weight decay through the gradients, as the official code's `weight_decay` has it:
 * `kernels * 0.5 * sum(w^2)` is part of the loss, so a kernel's gradient is `g + kernels * w`. Kernels only:
 * biases, norms, bases, importances and origins stay undecayed. (For decay beside the gradients: `adamW`.)
 *
 * Of nested wrappers the outer one changes the gradients first: `decayed(clipped(adam(), ...), ...)` clips
 * what includes the decay, as if it were a term of the loss; `clipped(decayed(...), ...)` clips the loss's
 * own gradients alone.
 */
export function decayed(optimizer: Optimizer, { kernels, ...others }: DecayedOptions): Optimizer {
  assertFields('decayed', others, ['kernels']);
  assertFinite('decayed: kernels', kernels, { min: 0 });
  return withGradients('decayed', optimizer, { kernels }, (updates) => {
    const share = tf.scalar(kernels);
    return updates.map((update) => {
      const { role, variable, gradient } = update;
      return isKernel(role) ? { ...update, gradient: tf.add(gradient, tf.mul(share, variable)) } : update;
    });
  });
}
