import { argumentError, assertFields, assertFinite, assertInteger } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { generatedImages, spreadOf } from './generated-images';
import { type Finding, shortNumber } from './training-event';
import { assertPace, type WatchedRun, type Watcher } from './watcher';

export interface DeadDimensionsOptions {
  /** Threshold of a dimension's share of the images' variance. Default 0.001. */
  readonly below?: number | undefined;
  /**
   * Names of the generator's inputs to look at. Default: those `[batch, width]` of at most 32 coordinates, so
   * that wide noise vectors are left out.
   */
  readonly inputs?: readonly string[] | undefined;
  /** Latents at which each coordinate is moved; twice as many images are made for each. At least 2. Default 16. */
  readonly samples?: number | undefined;
  /** In steps: it looks after each so many. Default 1000. */
  readonly every?: number | undefined;
  /** Whether the event ends `fit`. Default false. */
  readonly stop?: boolean | undefined;
}

const widest = 32;

/** Images that differ by no more, a hundredth of a grey level, are all the same, and every dimension is dead. */
const invisible = (0.01 / 127.5) ** 2;

/**
 * Tells of coordinates of the generator's latents that change nothing in the images. Each is set to -1 and to
 * 1 at fixed latents; a quarter of the mean squared difference of the two images is the variance that the
 * coordinate accounts for (exactly so in a linear generator with latents of variance 1). It is compared with
 * the variance of the images over all latents. It looks at the generator itself, not its average, at inference.
 *
 * Its events, of kind `dead-dimensions`, are about the dead ones, `<input>/<coordinate>`, 0-based; their
 * numbers are the shares of these by the same names, and `variance`, of the images, in their unit squared.
 *
 * @throws ArgumentError when an option is out of its range, and at the start of `fit` when the generator has
 * no such input
 */
export function deadDimensions(options: DeadDimensionsOptions = {}): Watcher {
  const { below = 0.001, inputs, samples = 16, every = 1000, stop = false } = options;
  const kind = 'dead-dimensions';
  assertFields(kind, options, ['below', 'inputs', 'samples', 'every', 'stop']);
  assertFinite(`${kind}: below`, below, { exclusiveMin: 0 });
  assertInteger(`${kind}: samples`, samples, { min: 2 });
  assertPace(kind, { every, stop });
  return {
    kind,
    every,
    stop,
    begin: (run) => {
      const dimensions = dimensionsOf(run.generator, inputs);
      return { look: async () => findingOf(await measured(run, dimensions, samples), below) };
    },
  };
}

/** One coordinate of one of the generator's inputs. */
interface Dimension {
  /** `<input>/<coordinate>` */
  readonly name: string;
  /** Place of the input among the generator's. */
  readonly input: number;
  readonly coordinate: number;
}

function dimensionsOf(generator: tfl.LayersModel, wanted: readonly string[] | undefined): Dimension[] {
  const where = 'dead-dimensions: inputs';
  const inputs = generator.inputs.map(({ shape }, input) => {
    const [, width, ...others] = shape;
    // Only these have coordinates.
    const coordinates = typeof width === 'number' && others.length === 0 ? width : 0;
    return { name: generator.inputNames[input] ?? '', input, coordinates };
  });
  const described = inputs.map(({ name, coordinates }) => `${name} (${coordinates || 'no'} coordinates)`);
  for (const name of wanted ?? []) {
    if (inputs.some((input) => input.name === name && input.coordinates > 0)) continue;
    throw argumentError(where, `must be among the generator's, ${described.join(', ')}`, name);
  }
  const chosen = inputs.filter(({ name, coordinates }) => wanted?.includes(name) ?? coordinates <= widest);
  const dimensions = chosen.flatMap(({ name, input, coordinates }) =>
    Array.from({ length: coordinates }, (_, i) => ({ name: `${name}/${i}`, input, coordinate: i })),
  );
  if (dimensions.length > 0) return dimensions;
  throw argumentError(where, `name those to look at: none has 1 to ${widest} coordinates`, described);
}

interface Measured {
  /** Of the images over all latents. */
  readonly variance: number;
  /** What each dimension accounts for. */
  readonly dimensions: readonly { readonly name: string; readonly variance: number }[];
}

async function measured(
  run: WatchedRun,
  dimensions: readonly Dimension[],
  samples: number,
): Promise<Measured> {
  const latents = run.latents(samples);
  try {
    const numbers = await run.read(() => ({
      // So that no input's name is in its way.
      '': spreadOf(generatedImages(run.generator, latents)),
      ...Object.fromEntries(
        dimensions.map((dimension) => [dimension.name, varianceBy(run.generator, latents, dimension)]),
      ),
    }));
    return {
      variance: numbers[''] ?? 0,
      dimensions: dimensions.map(({ name }) => ({ name, variance: numbers[name] ?? 0 })),
    };
  } finally {
    tf.dispose(latents);
  }
}

/** A quarter of the mean squared difference between the images at 1 and at -1. */
function varianceBy(
  generator: tfl.LayersModel,
  latents: readonly tf.Tensor[],
  { input, coordinate }: Dimension,
): tf.Scalar {
  return tf.tidy(() => {
    const imagesAt = (value: number) =>
      generatedImages(
        generator,
        latents.map((latent, i) => (i === input ? withCoordinate(latent, coordinate, value) : latent)),
      );
    return tf.mean<tf.Scalar>(tf.square(tf.div(tf.sub(imagesAt(1), imagesAt(-1)), 2)));
  });
}

/** `[batch, width]` with one coordinate set to a value. */
function withCoordinate(latent: tf.Tensor, coordinate: number, value: number): tf.Tensor {
  const width = latent.shape[1] ?? 0;
  const chosen = tf.tensor2d(
    Float32Array.from({ length: width }, (_, i) => Number(i === coordinate)),
    [1, width],
  );
  return tf.add(tf.mul(latent, tf.sub(1, chosen)), tf.mul(chosen, value));
}

function findingOf({ variance, dimensions }: Measured, below: number): Finding | null {
  const whole = Math.max(variance, invisible);
  const dead = dimensions
    .map((dimension) => ({ name: dimension.name, share: dimension.variance / whole }))
    .filter((dimension) => dimension.share < below);
  if (dead.length === 0) return null;
  const list = dead.map((dimension) => `${dimension.name} ${shortNumber(dimension.share)}`).join(', ');
  return {
    message:
      `each dimension must account for at least ${below} of the images' variance, but ${dead.length} of ` +
      `${dimensions.length} do not: ${list}`,
    hint: 'They change nothing that one could see: leave them out, give them more importance at the start, or less or no noise beside them',
    about: dead.map(({ name }) => name),
    numbers: { ...Object.fromEntries(dead.map((dimension) => [dimension.name, dimension.share])), variance },
  };
}
