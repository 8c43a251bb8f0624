import { type ArgumentError, argumentError } from '@eigengan/core';
import { SubspaceLayer } from '@eigengan/subspace-layer';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ConstantFeatures } from './constant-features';
import { SubspaceConvolution } from './subspace-convolution';

/** One step of a generator's forward pass, of which the value can be kept. */
export interface GeneratorStep {
  /** The steps whose values it takes, by their place in the list. */
  readonly from: readonly number[];
  /** The layer whose weights it reads. */
  readonly layer: tfl.layers.Layer;
  /** Places of the latents that it depends on, none for what the weights alone make. */
  readonly latents: ReadonlySet<number>;
  /** Whether a step takes it that depends on more latents: then its value outlives a change of those. */
  readonly boundary: boolean;
  /** Its value, for the caller to dispose; [1, ...] wherever all the latents it depends on have one row. */
  readonly compute: (values: readonly tf.Tensor[]) => tf.Tensor;
}

export interface GeneratorSteps {
  /** The layers' steps; each only takes values of earlier ones. The last gives the images. */
  readonly steps: readonly GeneratorStep[];
  /** For each of the generator's inputs, the place of the step that stands for it: its value is the latent. */
  readonly inputs: readonly number[];
}

/** Stock layers of which each sample's output depends on that sample's input alone. */
const samplewise = ['Conv2D', 'Conv2DTranspose', 'Dense', 'LeakyReLU', 'Reshape'];

type Draft = Omit<GeneratorStep, 'boundary'> & { readonly images: boolean };

/**
 * A generator's forward pass as a list of steps, the basis images and their convolutions apart from what
 * depends on latents.
 *
 * @param fold whether the images are convolved in a step of their own, before latents are known
 * @throws ArgumentError when the model has a layer of which it is not known that samples do not mix in it
 */
export function generatorSteps(
  generator: tfl.LayersModel,
  { fold }: { readonly fold: boolean },
): GeneratorSteps {
  const drafts: Draft[] = [];
  const places = new Map<tfl.SymbolicTensor, number>();
  const add = (draft: Draft) => drafts.push(draft) - 1;
  const latentsOf = (from: readonly number[]) =>
    new Set(from.flatMap((i) => [...(drafts[i]?.latents ?? [])]));
  const inputs = generator.inputs.map((input, i) => {
    const place = add({ ...inputStep(input, i), images: false });
    places.set(input, place);
    return place;
  });

  const visit = (tensor: tfl.SymbolicTensor): number => {
    const known = places.get(tensor);
    if (known !== undefined) return known;
    const place = stepsOf(tensor);
    places.set(tensor, place);
    return place;
  };
  const stepsOf = ({ sourceLayer: layer, inputs: sources }: tfl.SymbolicTensor): number => {
    const constant = constantOf(layer);
    if (constant !== undefined) return add({ from: [], layer, latents: new Set(), ...constant });
    const from = sources.map(visit);
    if (layer instanceof SubspaceConvolution) return addConvolution(layer, from);
    if (from.some((i) => drafts[i]?.images)) {
      throw refusal(layer, 'must not take basis images, which only a SubspaceConvolution does');
    }
    return add({ from, layer, latents: latentsOf(from), images: false, compute: computeOf(layer) });
  };
  const addConvolution = (layer: SubspaceConvolution, from: readonly number[]): number => {
    const [z, images] = from;
    if (z === undefined || images === undefined || !drafts[images]?.images || drafts[z]?.images) {
      throw refusal(layer, "must take z and a SubspaceLayer's images");
    }
    if (!fold) {
      const compute = (values: readonly tf.Tensor[]) => one(layer.call([...values], {}));
      return add({ from, layer, latents: latentsOf(from), images: false, compute });
    }
    const convolve = ([value]: readonly tf.Tensor[]) => layer.fold(given(value));
    const folded = add({ from: [images], layer, latents: new Set(), images: true, compute: convolve });
    const combine = ([latent, value]: readonly tf.Tensor[]) => layer.combine(given(latent), given(value));
    return add({ from: [z, folded], layer, latents: latentsOf([z]), images: false, compute: combine });
  };

  const [output] = generator.outputs;
  if (output === undefined || generator.outputs.length > 1 || output.shape.length !== 4) {
    throw argumentError('generator', 'must give one tensor of images', generator.outputs.length);
  }
  visit(output);
  const boundaries = new Set(
    drafts.flatMap(({ from, latents }) => from.filter((i) => (drafts[i]?.latents.size ?? 0) < latents.size)),
  );
  return {
    inputs,
    steps: drafts.map(({ images: _, ...draft }, i) => ({
      ...draft,
      boundary: boundaries.has(i) && !inputs.includes(i),
    })),
  };
}

/** The step that stands for an input. */
export function inputStep(input: tfl.SymbolicTensor, place: number): GeneratorStep {
  const compute = () => {
    throw new Error(`generator: ${input.name} is given, not computed`);
  };
  return { from: [], layer: input.sourceLayer, latents: new Set([place]), boundary: false, compute };
}

/** What a layer makes of its weights alone. */
function constantOf(layer: tfl.layers.Layer): Pick<Draft, 'images' | 'compute'> | undefined {
  if (layer instanceof SubspaceLayer && layer.outputKind === 'images') {
    return { images: true, compute: () => layer.images() };
  }
  if (layer instanceof ConstantFeatures) return { images: false, compute: () => one(layer.call([], {})) };
  return undefined;
}

function computeOf(layer: tfl.layers.Layer): GeneratorStep['compute'] {
  const kind = layer.getClassName();
  if (kind === 'Add') return addAll;
  if (samplewise.includes(kind)) return (values) => one(layer.call([...values], {}));
  throw refusal(layer, `must be one of Add, ${samplewise.join(', ')} or of this package`);
}

/** How many rows values have; those of one row count for every row of the others. */
export function mostRows(values: readonly tf.Tensor[]): number {
  return Math.max(...values.map(({ shape: [count = 0] }) => count));
}

/** The sum; values of one row are added to every row of the others. */
function addAll(values: readonly tf.Tensor[]): tf.Tensor {
  const rows = mostRows(values);
  return values
    .map((value) => (value.shape[0] === rows ? value : tf.reshape(value, value.shape.slice(1))))
    .reduce((sum, value) => tf.add(sum, value));
}

function refusal(layer: tfl.layers.Layer, rule: string): ArgumentError {
  return argumentError(`generator: layer ${layer.name}`, rule, layer.getClassName());
}

function given(value: tf.Tensor | undefined): tf.Tensor {
  if (value === undefined) throw new Error('generatorSteps: a value is missing');
  return value;
}

function one(value: tf.Tensor | tf.Tensor[]): tf.Tensor {
  if (Array.isArray(value)) throw new Error(`generatorSteps: expected one tensor, got ${value.length}`);
  return value;
}
