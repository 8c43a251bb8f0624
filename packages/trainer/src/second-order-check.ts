import { TrainingError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { floatPrecision } from './float-precision';
import { discardTape } from './gradients';
import { leafLayers } from './leaf-layers';

/** Away from the kinks that activations have at 0, 1, 2.5 and 6. */
const points = [-1.7, -0.9, -0.35, 0.35, 0.9, 1.7];
const distance = 0.01;
const tolerance = 0.02;

/**
 * Refuses activations whose second-order gradient this backend gets silently wrong, as stock tfjs 4.22 does
 * with tanh, sigmoid, elu and swish (by 13 to 61 %): each is compared with finite differences.
 *
 * @throws TrainingError naming the layers
 */
export async function assertSecondOrder(model: tfl.LayersModel): Promise<void> {
  // Half-precision backends cannot resolve the differences.
  if ((await floatPrecision()) < 32) return;
  const wrong: string[] = [];
  for (const { layer } of leafLayers(model)) {
    const activation = activationOf(layer);
    if (activation === null) continue;
    const error = await secondOrderError(activation);
    if (error > tolerance)
      wrong.push(`layer ${layer.name} (${layer.getClassName()}, off by ${error.toFixed(2)})`);
  }
  if (wrong.length === 0) return;
  throw new TrainingError(
    `Trainer: a gradient penalty needs right second-order gradients, got wrong ones on the backend ` +
      `${tf.getBackend()} for the activation of ${wrong.join(', ')}`,
    { hint: 'Call repairGradients() of @eigengan/backends, or use relu or leakyReLU in the discriminator' },
  );
}

/** The largest difference between f'' as differentiated and as measured; 0 where it throws. */
async function secondOrderError(f: (x: tf.Tensor) => tf.Tensor): Promise<number> {
  const errors = differences(f);
  // The rehearsal has shown that the penalties do without it.
  if (errors === null) return 0;
  try {
    return Math.max(...(await errors.data()));
  } finally {
    errors.dispose();
  }
}

function differences(f: (x: tf.Tensor) => tf.Tensor): tf.Tensor | null {
  try {
    return tf.tidy(() => {
      const slope = tf.grad((x: tf.Tensor) => tf.sum(f(x)));
      const x = tf.tensor1d(points);
      const measured = tf.div(tf.sub(slope(tf.add(x, distance)), slope(tf.sub(x, distance))), 2 * distance);
      // The zero keeps x connected: a wrong gradient may not depend on it at all, which tfjs refuses.
      const connected = (at: tf.Tensor) => tf.sum(tf.add(slope(at), tf.mul(0, at)));
      return tf.abs(tf.sub(tf.grad(connected)(x), measured));
    });
  } catch {
    discardTape();
    return null;
  }
}

function activationOf(layer: tfl.layers.Layer): ((x: tf.Tensor) => tf.Tensor) | null {
  if (['LeakyReLU', 'ELU', 'ThresholdedReLU', 'ReLU'].includes(layer.getClassName())) {
    return (x) => {
      const output = layer.call(x, {});
      return output instanceof tf.Tensor ? output : (output[0] ?? x);
    };
  }
  const activation = 'activation' in layer ? layer.activation : null;
  if (!isActivation(activation) || ['linear', 'softmax'].includes(activation.getClassName())) return null;
  return (x) => activation.apply(x);
}

function isActivation(value: unknown): value is { apply(x: tf.Tensor): tf.Tensor; getClassName(): string } {
  return typeof value === 'object' && value !== null && 'apply' in value && 'getClassName' in value;
}
