import { messageOf, TrainingError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../networks/network';
import { gradientsOf } from '../phases/gradients';
import type { Term } from '../phases/term';
import { failingLayers } from './failing-layers';

const hint =
  'Call repairGradients(), or useBackend() which does it, of @eigengan/backends before training, ' +
  'or use layers whose gradients this backend has';

/**
 * Differentiates every term of a network's loss once, whatever its interval, and changes nothing.
 *
 * @param passed the networks the loss passes through, for the error message
 * @throws TrainingError naming the layer when a gradient is missing
 */
export function dryRun(network: Network, terms: readonly Term[], passed: readonly Network[]): void {
  const weights = network.trainableWeights();
  const reached = new Set<string>();
  for (const term of terms) {
    tf.tidy(() => {
      const gradients = differentiate(network, term, passed);
      weights.forEach(({ role }, i) => {
        if (gradients[i]) reached.add(role);
      });
    });
  }
  const missing = weights.filter(({ role }) => !reached.has(role));
  if (missing.length === 0) return;
  const listed = missing.map(({ role, layerName }) => `${role} (layer ${layerName})`).join(', ');
  throw new TrainingError(
    `Trainer: every trainable weight of the ${network.name} needs a gradient, got none for ${listed}`,
    { hint: 'Connect the layer to the output, or set its trainable to false' },
  );
}

function differentiate(network: Network, term: Term, passed: readonly Network[]): (tf.Tensor | null)[] {
  const variables = network.trainableWeights().map(({ variable }) => variable);
  try {
    if (variables.length > 0) return gradientsOf(() => term.evaluate(null), variables);
    term.evaluate(null);
    return [];
  } catch (cause) {
    const reason = messageOf(cause);
    const layers = passed.flatMap(({ model }) => failingLayers(model, variables.length > 0));
    const where = layers.length === 0 ? '' : ` in ${layers.join(', ')}`;
    throw new TrainingError(
      `Trainer: ${term.name} of the ${network.name}'s loss must have a gradient on the backend ` +
        `${tf.getBackend()}, got an error${where}: ${reason}`,
      { cause, hint },
    );
  }
}
