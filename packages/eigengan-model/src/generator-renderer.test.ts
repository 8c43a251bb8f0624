import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { fillNormal, seededStream } from '@eigengan/core';
import { SubspaceLayer } from '@eigengan/subspace-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createGenerator,
  type GeneratorOptions,
  GeneratorRenderer,
  type Latent,
  latentShapes,
  loadGenerator,
  presets,
  saveGenerator,
  weightsByRole,
} from './index';
import { layersRun } from './testing/layers-run';

const models: tfl.LayersModel[] = [];
beforeEach(async () => {
  await tf.setBackend('cpu');
});
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

const stream = seededStream(3, 'test');
const normal = (length: number, stddev = 1) => fillNormal(stream, new Float32Array(length), { stddev });

function generatorOf(options: Partial<GeneratorOptions> = {}, stddev = 0.1): tfl.LayersModel {
  const model = createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], noise: 4, ...options });
  models.push(model);
  for (const role of weightsByRole(model).keys()) reassign(model, role, stddev);
  return model;
}

/** Moves every number of a weight, so that no bias or origin is zero. */
function reassign(model: tfl.LayersModel, role: string, stddev = 0.1): void {
  tf.tidy(() => {
    const variable = weightsByRole(model).get(role);
    variable?.assign(tf.add(variable, tf.tensor(normal(variable.size, stddev), variable.shape)));
  });
}

const numbersOf = (model: tfl.LayersModel): Float32Array[] =>
  Object.values(latentShapes(model)).map((width) => normal(width));

const replaced = (latents: readonly Latent[], place: number, latent: Latent): Latent[] =>
  latents.map((other, i) => (i === place ? latent : other));

/** `generator.predict` of the latents, each repeated to as many rows. */
function predicted(model: tfl.LayersModel, latents: readonly Latent[]): tf.Tensor {
  return tf.tidy(() => {
    const matrices = latents.map((latent) =>
      latent instanceof tf.Tensor ? latent : tf.tensor2d(Array.from(latent), [1, latent.length]),
    );
    const rows = Math.max(...matrices.map(({ shape: [count = 0] }) => count));
    const images = model.predict(
      matrices.map((matrix) => (matrix.shape[0] === rows ? matrix : tf.tile(matrix, [rows, 1]))),
      { batchSize: rows },
    );
    if (Array.isArray(images)) throw new Error('expected one tensor');
    return images;
  });
}

/** Of one number in [-1, 1]: convolving before combining rounds otherwise than after, the more the larger L is. */
const tolerance = 5e-5;

async function expectPredicted(renderer: GeneratorRenderer, latents: readonly Latent[]): Promise<void> {
  const images = renderer.render(latents);
  const expected = predicted(renderer.generator, latents);
  expect(images.shape).toEqual(expected.shape);
  expect(await largestDifference(images, expected)).toBeLessThan(tolerance);
  tf.dispose([images, expected]);
}

async function largestDifference(a: tf.Tensor, b: tf.Tensor): Promise<number> {
  const difference = tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))));
  const [value = Number.NaN] = await difference.data();
  difference.dispose();
  return value;
}

describe('it gives what generator.predict gives', () => {
  const generators = fc.record({
    shape: fc.constantFrom<Partial<GeneratorOptions>>(
      { size: 16, base: 4 },
      { size: [6, 10], base: [3, 5] },
      { size: 8, base: 1 },
    ),
    ranks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
    noise: fc.constantFrom(0, 4),
    channels: fc.constantFrom(1, 3, 4),
    orthonormality: fc.constantFrom('regularizer', 'constraint', 'gram-schmidt'),
  });
  const moves = fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ input: fc.nat(3), rows: fc.constantFrom<'numbers' | 1 | 5>('numbers', 1, 5) }),
      },
      { weight: 1, arbitrary: fc.record({ weight: fc.nat(40) }) },
      { weight: 1, arbitrary: fc.constant('dispose') },
    ),
    { maxLength: 8 },
  );

  test('whatever the generator, whichever latents and weights change between the calls', async () => {
    await fc.assert(
      fc.asyncProperty(
        generators,
        fc.boolean(),
        moves,
        async ({ shape, ranks, ...options }, fold, sequence) => {
          const blocks = Math.log2(Number([shape.size].flat()[0]) / Number([shape.base].flat()[0]));
          const shapedRanks = ranks.slice(0, blocks);
          fc.pre(options.noise > 0 || shapedRanks.some((rank) => rank > 0));
          const before = tf.memory().numTensors;
          const model = generatorOf({ ...shape, ...options, ranks: shapedRanks, maxWidth: 4 });
          const renderer = new GeneratorRenderer(model, { fold });
          const latents: Latent[] = numbersOf(model);
          const widths = Object.values(latentShapes(model));
          await expectPredicted(renderer, latents);
          for (const move of sequence) {
            if (move === 'dispose') renderer.dispose();
            else if ('weight' in move) {
              const roles = [...weightsByRole(model).keys()];
              reassign(model, roles[move.weight % roles.length] ?? '');
            } else {
              const place = move.input % latents.length;
              const width = widths[place] ?? 0;
              tf.dispose(latents[place] instanceof tf.Tensor ? latents[place] : []);
              latents[place] =
                move.rows === 'numbers'
                  ? normal(width)
                  : tf.tensor2d(normal(move.rows * width), [move.rows, width]);
            }
            await expectPredicted(renderer, latents);
          }
          renderer.dispose();
          tf.dispose(latents.filter((latent) => latent instanceof tf.Tensor));
          models.pop()?.dispose();
          expect(tf.memory().numTensors).toBe(before);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('bit for bit without folding', async () => {
    const model = generatorOf();
    const latents = Object.values(latentShapes(model)).map((width) =>
      tf.tensor2d(normal(6 * width), [6, width]),
    );
    const renderer = new GeneratorRenderer(model, { fold: false });
    expect(await largestDifference(renderer.render(latents), predicted(model, latents))).toBe(0);
    renderer.dispose();
  });

  test.each(['cpu', 'wasm'])('on %s an image is the same bits in any batch', async (backend) => {
    await tf.setBackend(backend);
    const model = generatorOf();
    const latents = Object.values(latentShapes(model)).map((width) =>
      tf.tensor2d(normal(6 * width), [6, width]),
    );
    const renderer = new GeneratorRenderer(model);
    const alone = Array.from({ length: 6 }, (_, i) =>
      renderer.render(latents.map((latent) => tf.slice(latent, [i, 0], [1, -1]))),
    );
    expect(await largestDifference(renderer.render(latents), tf.concat(alone))).toBe(0);
    renderer.dispose();
  });

  test('of a saved and loaded generator', async () => {
    const artifacts: tf.io.ModelArtifacts[] = [];
    await saveGenerator(
      generatorOf(),
      tf.io.withSaveHandler(async (saved) => {
        artifacts.push(saved);
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
    );
    const [saved] = artifacts;
    if (saved === undefined) throw new Error('not saved');
    const model = await loadGenerator(tf.io.fromMemory(saved));
    models.push(model);
    const renderer = new GeneratorRenderer(model);
    await expectPredicted(renderer, numbersOf(model));
    renderer.dispose();
  });

  test("on wasm, with the demo's generator, one image and a row of nine", async () => {
    await tf.setBackend('wasm');
    const model = generatorOf({ ...presets.light32.generator }, 0.01);
    const renderer = new GeneratorRenderer(model);
    const latents: Latent[] = numbersOf(model);
    await expectPredicted(renderer, latents);
    for (const place of latents.keys()) {
      await expectPredicted(renderer, replaced(latents, place, tf.tensor2d(normal(9 * 6), [9, 6])));
      await expectPredicted(renderer, replaced(latents, place, normal(6)));
    }
    renderer.dispose();
  });
});

describe('it computes what changed and nothing else', () => {
  const all = ['stem', 'block_0/up', 'block_0/same', 'block_1/up', 'block_1/same', 'output'];
  /** A generator of which no two kernels have one shape, its renderer after a first image, and other latents. */
  function started() {
    const model = generatorOf({ noise: 5 });
    const renderer = new GeneratorRenderer(model);
    renderer.render(numbersOf(model)).dispose();
    const run = (...latents: Latent[]) => layersRun(model, () => renderer.render(latents));
    return { model, renderer, run, latents: numbersOf(model) };
  }

  test.each([
    ['noise', all],
    ['z_0', all.slice(1)],
    ['z_1', all.slice(3)],
  ])('moving %s runs %j', async (input, expected) => {
    const { model, renderer, run, latents } = started();
    expect((await run(...latents)).map(({ name }) => name)).toEqual(all);
    const place = model.inputNames.indexOf(input);
    const moved = replaced(latents, place, normal(latents[place]?.length ?? 0));
    expect((await run(...moved)).map(({ name }) => name)).toEqual(expected);
    renderer.dispose();
  });

  test('equal numbers and the same tensor are no change, a copy of a tensor is one', async () => {
    const { renderer, run, latents } = started();
    const [noise = [], z0 = [], z1 = []] = latents;
    const tensor = tf.tensor2d(Array.from(z0), [1, z0.length]);
    expect(await run(noise, tensor, z1)).toHaveLength(6);
    expect(await run(Array.from(noise), tensor, Array.from(z1))).toHaveLength(3);
    expect(await run(noise, tf.add(tensor, 0), z1)).toHaveLength(5);
    renderer.dispose();
  });

  test('numbers that the caller changes in place are another latent', async () => {
    const model = generatorOf();
    const renderer = new GeneratorRenderer(model);
    const latents = numbersOf(model);
    renderer.render(latents).dispose();
    latents[1]?.fill(2);
    await expectPredicted(renderer, latents);
    renderer.dispose();
  });

  test('the convolutions of the basis images wait for other weights', async () => {
    const model = generatorOf();
    const renderer = new GeneratorRenderer(model);
    const transposed = async () => {
      const { kernels, result } = await tf.profile(() => renderer.render(numbersOf(model)));
      tf.dispose(result);
      return kernels.filter(({ name }) => name === tf.Conv2DBackpropInput).length;
    };
    // Two in each block but the last, whose second is turned, and at first two more for its images.
    expect(await transposed()).toBe(7);
    expect(await transposed()).toBe(3);
    reassign(model, 'block_1/basis');
    expect(await transposed()).toBe(5);
    reassign(model, 'output/bias');
    expect(await transposed()).toBe(3);
    renderer.dispose();
  });

  test('biases are added to the features that a subspace keeps, not to the batch', async () => {
    const { renderer, latents } = started();
    const { kernels, result } = await tf.profile(() =>
      renderer.render(latents.map((row) => tf.tensor2d([...row, ...row], [2, row.length]))),
    );
    tf.dispose(result);
    const added = kernels.flatMap(({ name, inputShapes }) =>
      name === tf.Add ? [String(inputShapes[1])] : [],
    );
    // Two sums in each block: the last bias comes with its convolution.
    expect(added).toEqual(['2,4,4,16', '2,8,8,8', '2,8,8,8', '2,16,16,4']);
    renderer.dispose();
  });

  test('layers that depend on latents of one row run for one row', async () => {
    const { renderer, run, latents } = started();
    const [noise = [], z0 = []] = latents;
    const runs = await run(noise, z0, tf.tensor2d(normal(10), [5, 2]));
    expect(runs.map(({ rows }) => rows)).toEqual([1, 1, 1, 5, 5, 5]);
    renderer.dispose();
  });
});

describe('memory', () => {
  test('images are the caller’s, what is kept does not grow, and dispose leaves nothing', () => {
    const model = generatorOf();
    const before = tf.memory().numTensors;
    const renderer = new GeneratorRenderer(model);
    renderer.render(numbersOf(model)).dispose();
    const kept = tf.memory().numTensors;
    const bytes = tf.memory().numBytes;
    for (let i = 0; i < 5; i++) {
      if (i === 3) reassign(model, 'block_0/phi_up/kernel');
      renderer.render(numbersOf(model)).dispose();
      expect(tf.memory()).toMatchObject({ numTensors: kept, numBytes: bytes });
    }
    const images = renderer.render(numbersOf(model));
    renderer.dispose();
    expect(images.isDisposed).toBe(false);
    images.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('what is kept outlives a tidy around the call', async () => {
    const model = generatorOf();
    const renderer = new GeneratorRenderer(model);
    const latents = numbersOf(model);
    tf.tidy(() => {
      renderer.render(latents);
    });
    await expectPredicted(renderer, replaced(latents, 2, normal(2)));
    renderer.dispose();
  });

  test('latents stay the caller’s', () => {
    const model = generatorOf();
    const renderer = new GeneratorRenderer(model);
    const latents = numbersOf(model).map((values) => tf.tensor2d(values, [1, values.length]));
    renderer.render(latents).dispose();
    renderer.dispose();
    expect(latents.map(({ isDisposed }) => isDisposed)).toEqual([false, false, false]);
  });
});

describe('what does not fit is refused', () => {
  test.each([
    [[[1]], 'GeneratorRenderer: latents: must be one each for noise, z_0, z_1, got 1'],
    [[[1], [1, 2, 3], [1, 2]], 'GeneratorRenderer: latents[0]: must be [1, 4] for noise, got [1, 1]'],
    [
      [
        [1, 2, 3, 4],
        [1, 2, Number.NaN],
        [1, 2],
      ],
      'GeneratorRenderer: latents[1][2]: must be a finite number, got NaN',
    ],
  ])('%j', (latents, message) => {
    const renderer = new GeneratorRenderer(generatorOf());
    expect(() => renderer.render(latents)).toThrow(message);
  });

  test('latents of two different numbers of rows', () => {
    const renderer = new GeneratorRenderer(generatorOf());
    expect(() => renderer.render([tf.zeros([3, 4]), tf.zeros([2, 3]), [0, 0]])).toThrow(
      'GeneratorRenderer: latents[1]: must be [1, 3] or [3, 3] for z_0, got [2, 3]',
    );
  });

  const z = () => tfl.input({ shape: [3], name: 'z_0' });
  const subspace = (output: 'features' | 'images') =>
    new SubspaceLayer({ name: 'block_0', shape: [4, 4, 2], rank: 3, output });
  const built = (inputs: tfl.SymbolicTensor[], outputs: unknown): tfl.LayersModel => {
    const model = tfl.model({ inputs, outputs: outputs as tfl.SymbolicTensor });
    models.push(model);
    return model;
  };

  test('a model of which it is not known that samples do not mix, unless it may be rendered whole', async () => {
    const input = z();
    const features = subspace('features').apply(input) as tfl.SymbolicTensor;
    const model = built([input], tfl.layers.batchNormalization({ name: 'norm' }).apply(features));
    expect(() => new GeneratorRenderer(model)).toThrow(
      'generator: layer block_0: must be one of Add, Conv2D, Conv2DTranspose, Dense, LeakyReLU, Reshape or of this package, got "',
    );
    const renderer = new GeneratorRenderer(model, { uncut: 'whole' });
    await expectPredicted(renderer, [[1, 2, 3]]);
    await expectPredicted(renderer, [tf.tensor2d(normal(15), [5, 3])]);
    renderer.dispose();
    expect(() => new GeneratorRenderer(model, Object({ uncutt: 'whole' }))).toThrow('Did you mean "uncut"?');
  });

  test('basis images in a layer that would take them for samples', () => {
    const input = z();
    const images = subspace('images').apply(input) as tfl.SymbolicTensor;
    const model = built([input], tfl.layers.conv2d({ name: 'odd', filters: 3, kernelSize: 1 }).apply(images));
    expect(() => new GeneratorRenderer(model)).toThrow(
      'generator: layer odd: must not take basis images, which only a SubspaceConvolution does, got "Conv2D"',
    );
  });
});
