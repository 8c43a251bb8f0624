import * as tf from '@tensorflow/tfjs-core';
// Registers tfjs's own gradients, which alone in Node nothing else does. First, or it would undo the repair.
import '@tensorflow/tfjs-layers';
import { activations } from './gradients/activations';
import { broadcasting } from './gradients/broadcasting';
import { comparisons } from './gradients/comparisons';
import { convolution, depthwise } from './gradients/convolution';
import { pooling } from './gradients/pooling';
import { rearranging } from './gradients/rearranging';
import { resizing } from './gradients/resizing';
import { orderTape } from './gradients/tape-order';

const repaired: readonly tf.GradConfig[] = [
  ...activations,
  ...broadcasting,
  ...comparisons,
  ...convolution,
  ...depthwise,
  ...pooling,
  ...rearranging,
  ...resizing,
];

/**
 * Registers gradients that can be differentiated again, as a penalty on a gradient (R1, WGAN-GP) needs,
 * in place of stock ones that throw there or are silently wrong, and those that stock tfjs lacks or has
 * wrong at first order. Where stock is right, first-order results stay what they were.
 * Idempotent; holds for every backend.
 *
 * @returns The names of the kernels whose gradients were registered.
 */
export function repairGradients(): readonly string[] {
  for (const gradient of repaired) tf.registerGradient(gradient);
  orderTape();
  return repaired.map(({ kernelName }) => kernelName);
}
