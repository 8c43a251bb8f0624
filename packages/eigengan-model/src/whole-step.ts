import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { mostRows } from './add-rows';
import { inputStep } from './generator-step';
import type { GeneratorSteps } from './generator-steps';

/** A generator's forward pass as one step, for models of which it is not known where they can be cut. */
export function wholeStep(generator: tfl.LayersModel): GeneratorSteps {
  const inputs = generator.inputs.map((_, i) => i);
  const compute = (values: readonly tf.Tensor[]) => {
    const rows = mostRows(values);
    const images = generator.predict(
      values.map((value) => (value.shape[0] === rows ? value : tf.tile(value, [rows, 1]))),
    );
    if (!Array.isArray(images) && images.rank === 4) return images;
    throw argumentError('generator', 'must give one tensor of images', generator.outputs.length);
  };
  const whole = { from: inputs, layer: generator, latents: new Set(inputs), boundary: false, compute };
  return { inputs, steps: [...generator.inputs.map(inputStep), whole] };
}
