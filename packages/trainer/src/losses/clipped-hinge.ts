import * as tf from '@tensorflow/tfjs-core';
import type { SeparableLoss } from './adversarial-loss';
import { hinge } from './hinge';

/**
 * The official code's `hinge_v1`, its default: D as in `hinge`; G: `max(0, 1 - f)`, clipped too, so that
 * fakes already scored above 1 push no further.
 */
export function clippedHinge(): SeparableLoss {
  return {
    ...hinge(),
    name: 'clippedHinge',
    generator: (fake) => tf.mean(tf.relu(tf.sub(1, fake))),
  };
}
