import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type LeafLayer, leafLayers } from './leaf-layers';

type LayerVariable = tfl.LayerVariable;

/** A weight of a model under the name by which checkpoints, optimizers and the EMA know it. */
export interface NetworkWeight {
  /** `<layer name>/<weight name>`. */
  readonly role: string;
  readonly layerName: string;
  readonly variable: tf.Variable;
  readonly constraint: LayerVariable['constraint'] | null;
  /** Whether the optimizer may change it now. */
  trainable(): boolean;
  /** Whether nothing may change it now; batch statistics are neither trainable nor frozen. */
  frozen(): boolean;
}

/**
 * Every weight of a model, in a fixed order. tfjs's automatic layer names (`dense_Dense7`) count all layers
 * ever made in a process; in a role their number is the layer's place among those of its class in this
 * model (`dense_1`), so that a checkpoint fits whatever was made before.
 *
 * @throws ArgumentError when two weights have the same role
 */
export function networkWeights(where: string, model: tfl.LayersModel): NetworkWeight[] {
  const leaves = leafLayers(model);
  const names = stableNames(leaves.map(({ layer }) => layer));
  const weights = leaves.flatMap((leaf) =>
    leaf.layer.weights.map((weight) => toNetworkWeight(weight, leaf, names)),
  );
  const seen = new Set<string>();
  for (const { role } of weights) {
    if (seen.has(role)) {
      throw argumentError(where, 'every weight needs a role of its own; name the layers apart', role);
    }
    seen.add(role);
  }
  return weights;
}

function toNetworkWeight(
  weight: LayerVariable,
  { layer, frozen }: LeafLayer,
  names: ReadonlyMap<string, string>,
): NetworkWeight {
  const value = weight.read();
  if (!(value instanceof tf.Variable)) {
    throw argumentError(`layer ${layer.name}`, 'a weight must be held in a tf.Variable', weight.originalName);
  }
  const stableName = names.get(layer.name) ?? layer.name;
  const role = weight.originalName.startsWith(`${layer.name}/`)
    ? `${stableName}${weight.originalName.slice(layer.name.length)}`
    : `${stableName}/${weight.originalName}`;
  return {
    role,
    layerName: layer.name,
    variable: value,
    constraint: weight.constraint ?? null,
    trainable: () => !frozen() && layer.trainableWeights.includes(weight),
    frozen,
  };
}

function stableNames(layers: readonly tfl.layers.Layer[]): Map<string, string> {
  const taken = new Set(layers.map(({ name }) => name));
  const names = new Map<string, string>();
  for (const layer of layers) {
    const marker = `_${layer.getClassName()}`;
    const at = layer.name.lastIndexOf(marker);
    if (at <= 0 || !/^\d+$/.test(layer.name.slice(at + marker.length))) continue;
    let place = 1;
    while (taken.has(`${layer.name.slice(0, at)}_${place}`)) place++;
    const name = `${layer.name.slice(0, at)}_${place}`;
    taken.add(name);
    names.set(layer.name, name);
  }
  return names;
}
