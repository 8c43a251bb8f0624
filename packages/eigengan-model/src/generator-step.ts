import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** One step of a generator's forward pass, of which the value can be kept. */
export interface GeneratorStep {
  /** The steps whose values it takes, by their place in the list. */
  readonly from: readonly number[];
  /** The layer whose weights it reads, if it reads any. */
  readonly layer?: tfl.layers.Layer;
  /** Places of the latents that it depends on, none for what the weights alone make. */
  readonly latents: ReadonlySet<number>;
  /** Whether a step takes it that depends on more latents: then its value outlives a change of those. */
  readonly boundary: boolean;
  /** Its value, for the caller to dispose; [1, ...] wherever all the latents it depends on have one row. */
  readonly compute: (values: readonly tf.Tensor[]) => tf.Tensor;
}

/** The step that stands for an input. */
export function inputStep({ name }: tfl.SymbolicTensor, place: number): GeneratorStep {
  const compute = () => {
    throw new Error(`generator: ${name} is given, not computed`);
  };
  return { from: [], latents: new Set([place]), boundary: false, compute };
}
