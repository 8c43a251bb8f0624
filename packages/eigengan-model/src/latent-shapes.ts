import { argumentError } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';

/**
 * Input name -> width, in the order of the model's inputs: `noise` (if there is one), `z_0`, `z_1`, ...
 *
 * @throws ArgumentError when the model is not a generator of latent vectors
 */
export function latentShapes(generator: tfl.LayersModel): Record<string, number> {
  const shapes: Record<string, number> = {};
  generator.inputs.forEach((input, i) => {
    const [, width] = input.shape;
    const name = generator.inputNames[i] ?? input.name;
    if (input.shape.length !== 2 || typeof width !== 'number') {
      throw argumentError(`latentShapes: ${name}`, 'input must be [batch, width]', input.shape);
    }
    shapes[name] = width;
  });
  return shapes;
}
