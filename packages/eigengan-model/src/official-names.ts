import { argumentError } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { weightsByRole } from './roles';

/** How the official code stores a weight: as it is here, or with its two axes swapped. */
export type OfficialLayout = 'same' | 'transposed';

/** One weight of a model beside the variable of the official code that it is. */
export interface OfficialWeight {
  /** Role here, e.g. `block_0/basis`. */
  readonly role: string;
  /** Variable name there, e.g. `G/U_0`. */
  readonly name: string;
  /** Shape here, e.g. [rank, units]. */
  readonly shape: readonly number[];
  /** Shape there, e.g. [height, width, channels, rank]. */
  readonly officialShape: readonly number[];
  /** `transposed` only for a basis, whose vectors are columns there and rows here. */
  readonly layout: OfficialLayout;
}

/**
 * Every weight of a generator or a discriminator with its name and shape in the official code
 * (EigenGAN-Tensorflow), in the order of the model's weights.
 *
 * @throws ArgumentError when the model has a weight that the official one has not
 */
export function officialWeights(model: tfl.LayersModel): OfficialWeight[] {
  const weights = weightsByRole(model);
  const steps = [...weights.keys()].filter((role) => /^down_\d+\/down\/kernel$/.test(role)).length;
  return [...weights].map(([role, { shape }]) => {
    const name = officialName(role, steps);
    if (name === undefined)
      throw argumentError('officialWeights', 'the official model has no such role', role);
    const [, block, part] = /^(block_\d+)\/(basis|origin)$/.exec(role) ?? [];
    if (block === undefined) return { role, name, shape, officialShape: shape, layout: 'same' };
    const [, ...image] = model.getLayer(block).outputShape.map(Number);
    const [rank = 0] = shape;
    return part === 'basis'
      ? { role, name, shape, officialShape: [...image, rank], layout: 'transposed' }
      : { role, name, shape, officialShape: image, layout: 'same' };
  });
}

/** @param steps how often the discriminator halves the image */
function officialName(role: string, steps: number): string | undefined {
  const slash = role.lastIndexOf('/');
  const layer = role.slice(0, slash);
  const weight = role.slice(slash + 1);
  const [, block] = /^block_(\d+)$/.exec(layer) ?? [];
  if (block !== undefined) {
    const symbol = { basis: 'U', importance: 'L', origin: 'mu' }[weight];
    return symbol === undefined ? undefined : `G/${symbol}_${block}`;
  }
  const scope = officialScope(layer, steps);
  const variable = { kernel: 'weights', bias: 'biases' }[weight];
  return scope === undefined || variable === undefined ? undefined : `${scope}/${variable}`;
}

/** TensorFlow numbers the layers of a kind in the order of their making, the first without a number. */
function officialScope(layer: string, steps: number): string | undefined {
  const [, block, part] = /^block_(\d+)\/(phi_same|phi_up|up|same)$/.exec(layer) ?? [];
  if (block !== undefined && part !== undefined) {
    const place = ['phi_same', 'phi_up', 'up', 'same'].indexOf(part);
    return numbered('G/transposed_convolution2d', 4 * Number(block) + place);
  }
  const [, step, half] = /^down_(\d+)\/(same|down)$/.exec(layer) ?? [];
  if (step !== undefined) return numbered('D/convolution', 2 * Number(step) + (half === 'same' ? 1 : 2));
  return {
    stem: 'G/fully_connected',
    output: 'G/convolution',
    input: 'D/convolution',
    final: numbered('D/convolution', 2 * steps + 1),
    dense: 'D/fully_connected',
    logit: 'D/fully_connected_1',
  }[layer];
}

function numbered(scope: string, place: number): string {
  return place === 0 ? scope : `${scope}_${place}`;
}
