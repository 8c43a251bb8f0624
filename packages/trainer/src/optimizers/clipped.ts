import { argumentError, assertFields, assertFinite } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer, Update } from './optimizer';
import { withGradients } from './with-gradients';

/** Exactly one of the two; for both: `clipped(clipped(adam(), { globalNorm: 1 }), { value: 0.1 })`. */
export type ClippedOptions =
  | {
      /** The largest norm of all of a network's gradients together; above 0. */
      readonly globalNorm: number;
    }
  | {
      /** The largest absolute value of any element of a gradient; above 0. */
      readonly value: number;
    };

/**
 * An optimizer on clipped gradients. By the global norm (Pascanu et al., 2013; TensorFlow's
 * `clip_by_global_norm`) all are scaled alike, `g * globalNorm / max(||all g||, globalNorm)`, so that their
 * direction stays; by value each element is put into `[-value, value]`.
 *
 * Of nested wrappers the outer one changes the gradients first.
 *
 * @throws ArgumentError unless exactly one of the options is given
 */
export function clipped(optimizer: Optimizer, options: ClippedOptions): Optimizer {
  assertFields('clipped', options, ['globalNorm', 'value']);
  const names = Object.keys(options);
  if (names.length !== 1) {
    throw argumentError('clipped', 'needs one of globalNorm and value', names.join(', '));
  }
  if ('globalNorm' in options) {
    const { globalNorm } = options;
    assertFinite('clipped: globalNorm', globalNorm, { exclusiveMin: 0 });
    return withGradients('clipped', optimizer, { globalNorm }, (updates) => clipNorm(updates, globalNorm));
  }
  const { value } = options;
  assertFinite('clipped: value', value, { exclusiveMin: 0 });
  return withGradients('clipped', optimizer, { value }, (updates) =>
    updates.map((update) => ({ ...update, gradient: tf.clipByValue(update.gradient, -value, value) })),
  );
}

function clipNorm(updates: readonly Update[], globalNorm: number): Update[] {
  if (updates.length === 0) return [];
  const squares = updates.map(({ gradient }) => tf.sum(tf.square(gradient)));
  const norm = tf.sqrt(tf.addN(squares));
  const factor = tf.div(globalNorm, tf.maximum(norm, globalNorm));
  return updates.map((update) => ({ ...update, gradient: tf.mul(update.gradient, factor) }));
}
