import { type ArgumentError, argumentError } from '@eigengan/core';
import { SubspaceLayer } from '@eigengan/subspace-layer';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { addRows } from './add-rows';
import { affineParts } from './affine-parts';
import { ConstantFeatures } from './constant-features';
import { type GeneratorStep, inputStep } from './generator-step';
import { ofRank } from './of-rank';
import { SubspaceConvolution } from './subspace-convolution';
import { turnedConvolution } from './turned-convolution';

/** Stock layers of which each sample's output depends on that sample's input alone. */
const samplewise = ['Conv2D', 'Conv2DTranspose', 'Dense', 'LeakyReLU', 'Reshape'];

type BuiltStep = Omit<GeneratorStep, 'boundary'>;

/** Places of the steps whose values add up to a tensor. */
interface Parts {
  readonly varying?: number | undefined;
  /** Depends on no latent: [1, ...]. */
  readonly constant?: number | undefined;
}

/** Turns tensors of a model into steps, each behind those whose values it takes. */
export class StepBuilder {
  readonly steps: BuiltStep[] = [];
  readonly #fold: boolean;
  readonly #places = new Map<tfl.SymbolicTensor, number>();
  /** For each z, the step that puts a one behind it. */
  readonly #coordinates = new Map<number, number>();
  /** Steps that give basis images, convolved or not. */
  readonly #images = new Set<number>();

  /** @param fold as for `generatorSteps` */
  constructor(fold: boolean) {
    this.#fold = fold;
  }

  /** The place of the step that stands for an input. */
  addInput(input: tfl.SymbolicTensor, latent: number): number {
    const place = this.steps.push(inputStep(input, latent)) - 1;
    this.#places.set(input, place);
    return place;
  }

  /**
   * The place of the step that gives a tensor.
   *
   * @throws ArgumentError when it comes of a layer of which it is not known that samples do not mix in it
   */
  visit(tensor: tfl.SymbolicTensor): number {
    const place = this.#places.get(tensor) ?? this.#stepOf(tensor);
    this.#places.set(tensor, place);
    return place;
  }

  #add(step: Pick<GeneratorStep, 'from' | 'layer' | 'compute'>): number {
    const { layer, from } = step;
    if (layer && !(layer instanceof SubspaceConvolution) && from.some((place) => this.#images.has(place))) {
      throw refusal(layer, 'must not take basis images, which only a SubspaceConvolution does');
    }
    const latents = new Set(from.flatMap((i) => [...(this.steps[i]?.latents ?? [])]));
    return this.steps.push({ ...step, latents }) - 1;
  }

  #addImages(layer: tfl.layers.Layer, from: readonly number[], compute: GeneratorStep['compute']): number {
    const place = this.#add({ from, layer, compute });
    this.#images.add(place);
    return place;
  }

  #stepOf(tensor: tfl.SymbolicTensor): number {
    const { sourceLayer: layer, inputs } = tensor;
    if (layer instanceof SubspaceLayer && layer.outputKind === 'images') {
      return this.#addImages(layer, [], () => layer.images());
    }
    if (layer instanceof ConstantFeatures) {
      return this.#add({ from: [], layer, compute: () => one(layer.call([], {})) });
    }
    if (layer instanceof SubspaceConvolution) return this.#convolution(layer, tensor);
    if (this.#fold && layer.getClassName() === 'Add') return this.#sum(layer, inputs);
    const from = inputs.map((input) => this.visit(input));
    const turned = this.#fold ? turnedConvolution(layer) : undefined;
    if (turned === undefined) return this.#stock(layer, from);
    const filter = this.#add({ from: [], layer, compute: turned.filter });
    return this.#add({ from: [...from, filter], layer, compute: ([x, kept]) => turned.convolve(x, kept) });
  }

  #stock(layer: tfl.layers.Layer, from: readonly number[]): number {
    return this.#add({ from, layer, compute: computeOf(layer) });
  }

  /** What in a sum depends on no latent is added to the features of its subspace: once, not in every batch. */
  #sum(layer: tfl.layers.Layer, inputs: readonly tfl.SymbolicTensor[]): number {
    const place = inputs.findIndex(({ sourceLayer }) => sourceLayer instanceof SubspaceConvolution);
    const features = inputs[place];
    if (!(features?.sourceLayer instanceof SubspaceConvolution))
      return this.#stock(
        layer,
        inputs.map((input) => this.visit(input)),
      );
    const parts = inputs.flatMap((input, i) => (i === place ? [] : this.#partsOf(input)));
    const varying = parts.flatMap((part) => part.varying ?? []);
    const constants = parts.flatMap((part) => part.constant ?? []);
    const combined = this.#convolution(features.sourceLayer, features, constants);
    if (varying.length === 0) return combined;
    return this.#add({ from: [...varying, combined], layer, compute: addRows });
  }

  #partsOf(tensor: tfl.SymbolicTensor): Parts {
    const { sourceLayer: layer, inputs } = tensor;
    const [input] = inputs;
    if (input !== undefined && layer.getClassName() === 'Reshape') {
      const { varying, constant } = this.#partsOf(input);
      const reshaped = (place: number | undefined) =>
        place === undefined ? undefined : this.#stock(layer, [place]);
      return { varying: reshaped(varying), constant: reshaped(constant) };
    }
    const parts = affineParts(tensor);
    if (input !== undefined && parts !== undefined) {
      const linear = ([x]: readonly tf.Tensor[]) => parts.linear(given(x));
      return {
        varying: this.#add({ from: [this.visit(input)], layer, compute: linear }),
        constant: this.#add({ from: [], layer, compute: parts.bias }),
      };
    }
    const place = this.visit(tensor);
    return this.steps[place]?.latents.size === 0 ? { constant: place } : { varying: place };
  }

  /** @param constants places of what is added to every row */
  #convolution(
    layer: SubspaceConvolution,
    { inputs, shape }: tfl.SymbolicTensor,
    constants: readonly number[] = [],
  ): number {
    const [z, images] = inputs.map((input) => this.visit(input));
    if (z === undefined || images === undefined || !this.#images.has(images) || this.#images.has(z)) {
      throw refusal(layer, "must take z and a SubspaceLayer's images");
    }
    if (!this.#fold) {
      return this.#add({ from: [z, images], layer, compute: (values) => one(layer.call([...values], {})) });
    }
    const [, ...sizes] = shape.map(Number);
    const fold = ([value, ...more]: readonly tf.Tensor[]) => flat(layer.fold(given(value), more));
    const folded = this.#addImages(layer, [images, ...constants], fold);
    const combine = ([coordinates, rows]: readonly tf.Tensor[]) => {
      const features = tf.matMul(ofRank(coordinates, 'R2'), ofRank(rows, 'R2'));
      return tf.reshape(features, [features.shape[0], ...sizes]);
    };
    return this.#add({ from: [this.#withOne(z), folded], layer, compute: combine });
  }

  /** A one behind each row of latents, for the origin: shared by the convolutions of a block. */
  #withOne(z: number): number {
    const append = ([latent]: readonly tf.Tensor[]) =>
      tf.pad(
        ofRank(latent, 'R2'),
        [
          [0, 0],
          [0, 1],
        ],
        1,
      );
    const place = this.#coordinates.get(z) ?? this.#add({ from: [z], compute: append });
    this.#coordinates.set(z, place);
    return place;
  }
}

function computeOf(layer: tfl.layers.Layer): GeneratorStep['compute'] {
  const kind = layer.getClassName();
  if (kind === 'Add') return addRows;
  if (samplewise.includes(kind)) return (values) => one(layer.call([...values], {}));
  throw refusal(layer, `must be one of Add, ${samplewise.join(', ')} or of this package`);
}

function refusal(layer: tfl.layers.Layer, rule: string): ArgumentError {
  return argumentError(`generator: layer ${layer.name}`, rule, layer.getClassName());
}

function given(value: tf.Tensor | undefined): tf.Tensor {
  if (value === undefined) throw new Error('StepBuilder: a value is missing');
  return value;
}

function one(value: tf.Tensor | tf.Tensor[]): tf.Tensor {
  if (Array.isArray(value)) throw new Error(`StepBuilder: expected one tensor, got ${value.length}`);
  return value;
}

function flat(value: tf.Tensor): tf.Tensor {
  const [rows = 0, ...sizes] = value.shape;
  return tf.reshape(value, [rows, tf.util.sizeFromShape(sizes)]);
}
