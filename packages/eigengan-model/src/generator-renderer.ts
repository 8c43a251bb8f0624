import { ArgumentError, argumentError, assertFields, assertFinite, assertOneOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { GeneratorStep } from './generator-step';
import { type GeneratorSteps, generatorSteps } from './generator-steps';
import { latentShapes } from './latent-shapes';
import { ofRank } from './of-rank';
import { wholeStep } from './whole-step';

/**
 * One of a generator's inputs: the numbers of one row, compared with those of the last call; or a tensor
 * [1, width] or [batch, width], the same as in the last call when it holds the same data (`tensor.dataId`),
 * which costs no reading back from a device.
 */
export type Latent = tf.Tensor | ArrayLike<number>;

export interface RendererOptions {
  /**
   * What becomes of a model with other layers than `createGenerator` uses, in which samples might mix: an
   * error, or `predict` of the whole model for every image. Default: `'refuse'`.
   */
  readonly uncut?: 'refuse' | 'whole' | undefined;
  /**
   * Whether the `rank + 1` images of a subspace are convolved once for given weights and kept; else in every
   * batch above `rank + 1`, as `predict` does, which is less work for a single batch. Default: true.
   */
  readonly fold?: boolean | undefined;
}

/**
 * Makes images of a generator and keeps what the next ones can use, so that only what changed is computed:
 * the layers from the first block on whose latent is another. The basis images, and their convolutions, are
 * made once for given weights. Latents of one row are shared by the rows of the others, and so are the layers
 * that depend on them alone.
 *
 * What is kept is a few feature maps a block for the latents of the last call (their batch counts), and
 * `rank + 1` of them for each convolution of a subspace. It is renewed when weights are assigned, whoever does
 * it, so it can go on through training. Gradients do not pass through it.
 */
export class GeneratorRenderer {
  readonly #steps: GeneratorSteps;
  readonly #shapes: readonly (readonly [name: string, width: number])[];
  readonly #kept = new Map<GeneratorStep, tf.Tensor>();
  /** What the kept values were made of. */
  #weights: readonly (readonly object[])[] = [];
  #latents: readonly (object | readonly number[] | undefined)[] = [];

  /**
   * @param generator what `createGenerator` makes or `loadGenerator` loads; it stays the caller's, and must
   * live as long as this
   * @throws ArgumentError when it has other layers than theirs, and `uncut` is `'refuse'`
   */
  constructor(
    readonly generator: tfl.LayersModel,
    options: RendererOptions = {},
  ) {
    assertFields('GeneratorRenderer', options, ['uncut', 'fold']);
    const { uncut = 'refuse', fold = true } = options;
    assertOneOf('GeneratorRenderer: uncut', uncut, ['refuse', 'whole']);
    this.#steps = stepsOf(generator, uncut, fold);
    this.#shapes = Object.entries(latentShapes(generator));
  }

  /**
   * The images of the latents.
   *
   * @param latents one for each of the generator's inputs, in their order, all of as many rows or of one; they
   * stay the caller's
   * @returns [batch, height, width, channels] in [-1, 1], for the caller to dispose. With `fold` an
   * image is the same in any batch, and differs from that of `generator.predict` in the last bits: biases are
   * added in another order, and in batches up to `rank + 1` `predict` combines the basis images before it
   * convolves them
   * @throws ArgumentError when the latents do not fit the generator
   */
  render(latents: readonly Latent[]): tf.Tensor4D {
    this.#check(latents);
    return tf.tidy(() => {
      const { steps, inputs } = this.#steps;
      this.#drop(latents);
      const values = new Map<number, tf.Tensor>();
      latents.forEach((latent, i) => {
        values.set(inputs[i] ?? 0, latentTensor(latent));
      });
      return ofRank(this.#value(steps.length - 1, values), 'R4');
    });
  }

  /** Disposes of what it keeps. It can go on afterwards, as if new. */
  dispose(): void {
    tf.dispose([...this.#kept.values()]);
    this.#kept.clear();
  }

  /** The value of a step, kept or computed; `values` are those of this call. */
  #value(place: number, values: Map<number, tf.Tensor>): tf.Tensor {
    const step = this.#steps.steps[place];
    if (step === undefined) throw new Error(`GeneratorRenderer: no step ${place}`);
    const known = this.#kept.get(step) ?? values.get(place);
    if (known !== undefined) return known;
    const value = step.compute(step.from.map((other) => this.#value(other, values)));
    if (step.boundary) this.#kept.set(step, tf.keep(value));
    values.set(place, value);
    return value;
  }

  /** Disposes of what other weights or latents made, and remembers these. */
  #drop(latents: readonly Latent[]): void {
    const weights = this.#steps.steps.map(({ layer }) =>
      (layer?.weights ?? []).map((weight) => weight.read().dataId),
    );
    const moved = new Set(latents.flatMap((latent, i) => (isSame(latent, this.#latents[i]) ? [] : [i])));
    this.#latents = latents.map((latent) =>
      latent instanceof tf.Tensor ? latent.dataId : Array.from(latent),
    );
    const changed = new Set<number>();
    this.#steps.steps.forEach((step, place) => {
      const reassigned = weights[place]?.some((dataId, i) => dataId !== this.#weights[place]?.[i]);
      const stale =
        reassigned ||
        step.from.some((other) => changed.has(other)) ||
        [...step.latents].some((latent) => moved.has(latent));
      if (!stale) return;
      changed.add(place);
      this.#kept.get(step)?.dispose();
      this.#kept.delete(step);
    });
    this.#weights = weights;
  }

  #check(latents: readonly Latent[]): void {
    const where = 'GeneratorRenderer: latents';
    if (latents.length !== this.#shapes.length) {
      const names = this.#shapes.map(([name]) => name).join(', ');
      throw argumentError(where, `must be one each for ${names}`, latents.length);
    }
    const rows = Math.max(
      ...latents.map((latent) => (latent instanceof tf.Tensor ? (latent.shape[0] ?? 0) : 1)),
    );
    this.#shapes.forEach(([name, width], i) => {
      const latent = latents[i] ?? [];
      const rule = `must be [1, ${width}]${rows > 1 ? ` or [${rows}, ${width}]` : ''} for ${name}`;
      if (latent instanceof tf.Tensor) {
        const [count = 0] = latent.shape;
        if (latent.rank === 2 && latent.shape[1] === width && (count === 1 || count === rows) && rows > 0)
          return;
        throw argumentError(`${where}[${i}]`, rule, latent.shape);
      }
      if (latent.length !== width) throw argumentError(`${where}[${i}]`, rule, [1, latent.length]);
      for (let j = 0; j < width; j++) assertFinite(`${where}[${i}][${j}]`, latent[j]);
    });
  }
}

/**
 * What is given when it is a renderer, else one for the caller to dispose: of models it cannot cut, too.
 *
 * @param fold of the renderer that it makes
 */
export function rendererOf(
  source: tfl.LayersModel | GeneratorRenderer,
  { fold }: { readonly fold: boolean },
): GeneratorRenderer {
  return source instanceof GeneratorRenderer
    ? source
    : new GeneratorRenderer(source, { uncut: 'whole', fold });
}

function stepsOf(generator: tfl.LayersModel, uncut: 'refuse' | 'whole', fold: boolean): GeneratorSteps {
  try {
    return generatorSteps(generator, { fold });
  } catch (error) {
    if (uncut === 'whole' && error instanceof ArgumentError) return wholeStep(generator);
    throw error;
  }
}

function isSame(latent: Latent, before: object | readonly number[] | undefined): boolean {
  if (latent instanceof tf.Tensor) return latent.dataId === before;
  return Array.isArray(before) && before.every((value, i) => Object.is(value, latent[i]));
}

/** A latent as a tensor [rows, width]: itself when it is one. */
export function latentTensor(latent: Latent): tf.Tensor2D {
  if (latent instanceof tf.Tensor) return ofRank(latent, 'R2');
  return tf.tensor2d(Float32Array.from(latent), [1, latent.length]);
}
