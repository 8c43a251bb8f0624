import { argumentError } from '@eigengan/core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { GeneratorStep } from './generator-step';
import { StepBuilder } from './step-builder';

export interface GeneratorSteps {
  /** The layers' steps; each only takes values of earlier ones. The last gives the images. */
  readonly steps: readonly GeneratorStep[];
  /** For each of the generator's inputs, the place of the step that stands for it: its value is the latent. */
  readonly inputs: readonly number[];
}

/**
 * A generator's forward pass as a list of steps, the basis images and their convolutions apart from what
 * depends on latents.
 *
 * @param fold whether the images are convolved in a step of their own, before latents are known, and what is
 * the same in every sum with them is added there
 * @throws ArgumentError when the model has a layer of which it is not known that samples do not mix in it
 */
export function generatorSteps(
  generator: tfl.LayersModel,
  { fold }: { readonly fold: boolean },
): GeneratorSteps {
  const builder = new StepBuilder(fold);
  const inputs = generator.inputs.map((input, i) => builder.addInput(input, i));
  const [output] = generator.outputs;
  if (output === undefined || generator.outputs.length > 1 || output.shape.length !== 4) {
    throw argumentError('generator', 'must give one tensor of images', generator.outputs.length);
  }
  builder.visit(output);
  const { steps } = builder;
  const boundaries = new Set(
    steps.flatMap(({ from, latents }) => from.filter((i) => (steps[i]?.latents.size ?? 0) < latents.size)),
  );
  return {
    inputs,
    steps: steps.map((step, i) => ({ ...step, boundary: boundaries.has(i) && !inputs.includes(i) })),
  };
}
