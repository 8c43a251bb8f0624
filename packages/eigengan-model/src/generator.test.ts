import '@tensorflow/tfjs-backend-cpu';
import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createGenerator,
  type GeneratorOptions,
  readWeightsByRole,
  sampleLatents,
  setWeightsByRole,
  weightsByRole,
} from './index';
import { relativeError } from './testing/cases';

const models: tfl.LayersModel[] = [];
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

function generatorOf(options: Partial<GeneratorOptions> = {}): tfl.LayersModel {
  const model = createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], noise: 8, ...options });
  models.push(model);
  return model;
}

function imagesOf(model: tfl.LayersModel, batch: number): tf.Tensor {
  const images = model.predict(sampleLatents(model, batch, seededStream(0, 'latents')));
  if (images instanceof tf.Tensor) return images;
  throw new Error('expected one tensor');
}

const roles = (model: tfl.LayersModel) => [...weightsByRole(model).keys()];

describe('what it makes', () => {
  test.each([
    [{ channels: 1 }, [2, 16, 16, 1]],
    [{ channels: 3 }, [2, 16, 16, 3]],
    [{ channels: 4 }, [2, 16, 16, 4]],
    [{ size: [12, 20], base: [3, 5] }, [2, 12, 20, 3]],
    [{ size: [24, 8], base: [6, 2] }, [2, 24, 8, 3]],
    [{ size: 12, base: 3 }, [2, 12, 12, 3]],
    [{ ranks: [0, 2] }, [2, 16, 16, 3]],
    [{ ranks: [3, 0] }, [2, 16, 16, 3]],
    [{ ranks: 0 }, [2, 16, 16, 3]],
    [{ noise: 0 }, [2, 16, 16, 3]],
    [{ noise: 0, ranks: [0, 2] }, [2, 16, 16, 3]],
  ] as [Partial<GeneratorOptions>, number[]][])(
    '%j gives images %j in [-1, 1] that differ',
    async (options, shape) => {
      const images = imagesOf(generatorOf(options), 2);
      expect(images.shape).toEqual(shape);
      const values = await images.data();
      expect(values.every((value) => value >= -1 && value <= 1)).toBe(true);
      const [first, second] = [values.slice(0, values.length / 2), values.slice(values.length / 2)];
      expect(relativeError(first, second)).toBeGreaterThan(0.01);
    },
  );

  test('its widths follow the depth, whatever the base', () => {
    const kernels = (options: Partial<GeneratorOptions>) =>
      [...weightsByRole(generatorOf({ width: 0.5, maxWidth: 100, ...options }))]
        .filter(([role]) => /block_\d\/up\/kernel/.test(role))
        .map(([, { shape }]) => shape);
    expect(kernels({})).toEqual([
      [3, 3, 64, 100],
      [3, 3, 32, 64],
    ]);
    expect(kernels({ base: [3, 5], size: [12, 20] })).toEqual(kernels({}));
  });

  test('a block of rank 0 has no input, no subspace and no convolution of it; the others keep their numbers', () => {
    const model = generatorOf({ ranks: [0, 2] });
    expect(model.inputNames).toEqual(['noise', 'z_1']);
    expect(
      roles(model)
        .filter((role) => role.startsWith('block_0'))
        .sort(),
    ).toEqual(['block_0/same/bias', 'block_0/same/kernel', 'block_0/up/bias', 'block_0/up/kernel']);
    expect(roles(model).filter((role) => role.startsWith('block_1'))).toHaveLength(11);
  });

  test('without noise the stem is one learned constant', () => {
    const model = generatorOf({ noise: 0 });
    expect(model.inputNames).toEqual(['z_0', 'z_1']);
    expect(roles(model).filter((role) => role.startsWith('stem'))).toEqual(['stem/bias']);
    expect(weightsByRole(model).get('stem/bias')?.shape).toEqual([4 * 4 * 16]);
  });

  test('every weight of the constant stem receives a gradient, also before the first subspace', () => {
    const model = generatorOf({ noise: 0, ranks: [0, 2] });
    const variables = [...weightsByRole(model).values()];
    const inputs = sampleLatents(model, 3, seededStream(0, 'latents'));
    const { grads } = tf.variableGrads(() => {
      const images = model.apply(inputs);
      if (!(images instanceof tf.Tensor)) throw new Error('expected one tensor');
      return tf.sum(tf.square(images));
    }, variables);
    expect(Object.keys(grads)).toHaveLength(variables.length);
    for (const [name, gradient] of Object.entries(grads)) {
      // The origin and importance included: nothing is cut off.
      expect(tf.max(tf.abs(gradient)).dataSync()[0], name).toBeGreaterThan(0);
    }
  });
});

describe('as a LayersModel', () => {
  const smallest = { size: 2, base: 1, maxWidth: 1, ranks: 1, noise: 0 };
  const cases: Partial<GeneratorOptions>[] = [
    {},
    { noise: 0 },
    { noise: 0, ranks: [0, 2] },
    { ranks: [3, 0] },
    { ranks: 0 },
    { size: 32, ranks: [2, 0, 2] },
    { orthonormality: 'gram-schmidt' },
    { orthonormality: 'constraint', channels: 1, size: [12, 20], base: [3, 5] },
    smallest,
    { ...smallest, size: 4, base: 2, ranks: 4 },
  ];
  /** Every weight off its initial value, so that no bias or origin is zero. */
  const moved = (options: Partial<GeneratorOptions>) => {
    const model = generatorOf(options);
    const stream = seededStream(1, 'test');
    for (const variable of weightsByRole(model).values()) {
      const change = fillNormal(stream, new Float32Array(variable.size), { stddev: 0.1 });
      variable.assign(tf.add(variable, tf.tensor(change, variable.shape)));
    }
    return model;
  };
  const latentsOf = (model: tfl.LayersModel, batch: number) =>
    sampleLatents(model, batch, seededStream(0, 'latents'));
  const one = (value: tf.Tensor | tf.Tensor[]) => (Array.isArray(value) ? tf.zeros([0]) : value);

  // The basis images go through the batch axis, which tfjs cuts into slices and joins again.
  test.each(cases)('%j makes the same images alone, in a batch and in slices', async (options) => {
    const model = moved(options);
    const latents = latentsOf(model, 9);
    const alone = await Promise.all(
      Array.from({ length: 9 }, (_, i) =>
        one(model.predict(latents.map((latent) => tf.slice(latent, [i, 0], [1, -1])))).data(),
      ),
    );
    const expected = alone.flatMap((values) => Array.from(values));
    for (const images of [
      model.predict(latents, { batchSize: 9 }),
      model.predict(latents, { batchSize: 2 }),
      model.predict(latents, { batchSize: 5 }),
      model.predictOnBatch(latents),
    ]) {
      expect(one(images).shape).toEqual([9, ...model.outputShape.slice(1)]);
      expect(relativeError(await one(images).data(), expected)).toBeLessThan(1e-5);
    }
  });

  test.each(cases)('%j can be summarised, cloned and fitted', async (options) => {
    const model = moved(options);
    const lines: string[] = [];
    model.summary(120, undefined, (line) => lines.push(line));
    expect(lines.join()).toContain(`Total params: ${model.countParams()}`);

    const latents = latentsOf(model, 3);
    const [first] = latents;
    const inputs = latents.length === 1 && first !== undefined ? first : latents;
    const clone = await tfl.models.modelFromJSON(JSON.parse(JSON.stringify(model.toJSON(null, false))));
    models.push(clone);
    expect(roles(clone)).toEqual(roles(model));
    setWeightsByRole(clone, await readWeightsByRole(model));
    expect(await one(clone.predict(latents)).data()).toEqual(await one(model.predict(latents)).data());

    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    const target = tf.zeros([3, ...model.outputShape.slice(1).map(Number)]);
    const { history } = await model.fit(inputs, target, { epochs: 2, batchSize: 2, verbose: 0 });
    const losses = (history.loss ?? []).map(Number);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  });
});

describe('how it starts', () => {
  const firstValues = async (options: Partial<GeneratorOptions>) => {
    const records = await readWeightsByRole(generatorOf(options));
    return Object.fromEntries(Object.entries(records).map(([role, { data }]) => [role, Array.from(data)]));
  };

  test('the same seed gives the same weights, another seed others', async () => {
    const [one, again, other] = [
      await firstValues({ seed: 5 }),
      await firstValues({ seed: 5 }),
      await firstValues({ seed: 6 }),
    ];
    expect(again).toEqual(one);
    for (const role of Object.keys(one).filter((name) => /kernel|basis/.test(name))) {
      expect(other[role], role).not.toEqual(one[role]);
    }
  });

  test('layers of the same shape differ', async () => {
    const weights = await firstValues({ maxWidth: 4 });
    expect(weights['block_0/up/kernel']).toHaveLength(weights['block_1/up/kernel']?.length ?? 0);
    expect(weights['block_0/up/kernel']).not.toEqual(weights['block_1/up/kernel']);
    expect(weights['block_0/up/kernel']).not.toEqual(weights['block_0/same/kernel']);
  });

  test('leaving a subspace or the noise out changes no other initial weight', async () => {
    const whole = await firstValues({});
    for (const options of [{ ranks: [0, 2] }, { noise: 0 }]) {
      const part = await firstValues(options);
      for (const [role, values] of Object.entries(part)) {
        if (role !== 'stem/bias') expect(values, role).toEqual(whole[role]);
      }
    }
  });

  test('importance is 3 rank, ..., 6, 3, or that times a factor, or the numbers given', async () => {
    const plain = await firstValues({});
    expect(plain['block_0/importance']).toEqual([9, 6, 3]);
    const given = await firstValues({ importance: [2, [-1, 0.5]] });
    expect(given['block_0/importance']).toEqual([18, 12, 6]);
    expect(given['block_1/importance']).toEqual([-1, 0.5]);
  });

  test.each(['random', 'smooth'] as const)('a %s basis is orthonormal', async (basis) => {
    const weights = weightsByRole(generatorOf({ basis }));
    for (const block of [0, 1]) {
      const rows = weights.get(`block_${block}/basis`);
      if (rows === undefined) throw new Error('no basis');
      const gram = tf.matMul(tf.reshape(rows, rows.shape), tf.reshape(rows, rows.shape), false, true);
      const error = tf.max(tf.abs(tf.sub(gram, tf.eye(rows.shape[0] ?? 0))));
      expect(error.dataSync()[0]).toBeLessThan(1e-5);
    }
  });

  test('a smooth basis changes less from pixel to pixel than a random one', () => {
    const roughness = (basis: 'random' | 'smooth') => {
      const rows = weightsByRole(generatorOf({ basis, size: 32, ranks: [0, 0, 4] })).get('block_2/basis');
      if (rows === undefined) throw new Error('no basis');
      const images = tf.reshape<tf.Rank.R4>(rows, [4, 16, 16, 4]);
      const steps = tf.sub(
        tf.slice(images, [0, 1, 0, 0], [4, 15, 16, 4]),
        tf.slice(images, [0, 0, 0, 0], [4, 15, 16, 4]),
      );
      return tf.sum(tf.square(steps)).dataSync()[0] ?? Number.NaN;
    };
    expect(roughness('smooth')).toBeLessThan(roughness('random') / 4);
  });

  test('the forward fan-in keeps the variance where the official one quarters it', async () => {
    const deviation = async (transposedFanIn: 'official' | 'forward') => {
      const values =
        (await firstValues({ size: 32, ranks: 1, width: 0.5, transposedFanIn }))['block_0/up/kernel'] ?? [];
      return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    };
    // 128 features to 64: officially 9 * 64 count, forward 9 * 128 / 4.
    expect(await deviation('official')).toBeCloseTo(Math.sqrt(2 / 1.04 / (9 * 64)), 3);
    expect(await deviation('forward')).toBeCloseTo(Math.sqrt(2 / 1.04 / ((9 * 128) / 4)), 3);
  });
});

describe('how the bases stay orthonormal', () => {
  const losses = (options: Partial<GeneratorOptions>) => {
    const model = generatorOf(options);
    weightsByRole(model)
      .get('block_0/basis')
      ?.assign(tf.zeros([3, 256]));
    return tf.tidy(() => model.calculateLosses().map((loss) => loss.dataSync()[0]));
  };

  test('the regularizer is 0.5 * ||U^T U - I||^2 of each block, times its strength', () => {
    // A basis of zeros is off by 0.5 * 3.
    expect(losses({})[0]).toBeCloseTo(1.5, 5);
    expect(losses({ orthonormalityStrength: 4 })[0]).toBeCloseTo(6, 5);
    expect(losses({ orthonormalityStrength: 0 })).toEqual([]);
  });

  test('a constraint and Gram-Schmidt add no loss', () => {
    expect(losses({ orthonormality: 'constraint' })).toEqual([]);
    expect(losses({ orthonormality: 'gram-schmidt' })).toEqual([]);
  });
});

test('disposing of it leaves no tensor', () => {
  const before = tf.memory().numTensors;
  for (const options of [{}, { noise: 0, basis: 'smooth' }, { orthonormality: 'constraint' }] as const) {
    createGenerator({ size: 16, width: 0.0625, ranks: [3, 2], ...options }).dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  [{ size: 150 }, 'generator: size must be base * 2^n with base 4, e.g. 128 or 256, got 150'],
  [JSON.parse('{ "rank": 3 }'), 'generator: must have no options but size, base, channels'],
  [JSON.parse('{ "rank": 3 }'), 'got "rank". Did you mean "ranks"?'],
  [{ ranks: JSON.parse('"66"') }, 'generator: ranks needs one entry per block, 2 for size 16, got "66"'],
  [{ size: 4 }, 'generator: size must be base * 2^n with base 4, e.g. 8 or 16, got 4'],
  [{ size: 100, base: [4, 6] }, 'base [4, 6], e.g. [64, 96] or [128, 192], got 100'],
  [{ size: [32, 64] }, 'generator: size must be base * 2^n with base 4, e.g. 32 or 64, got [32, 64]'],
  [{ size: 2.5 }, 'generator: size: must be an integer of at least 1, got 2.5'],
  [{ channels: 2 }, 'generator: channels: must be 1 (grey), 3 (RGB) or 4 (RGBA), got 2'],
  [{ width: 0.001 }, 'generator: width must be at least 0.015625 to leave one feature at size 16, got 0.001'],
  [{ ranks: [6] }, 'generator: ranks needs one entry per block, 2 for size 16, got [6]'],
  [{ ranks: [6, -1] }, 'generator: ranks[1]: must be an integer of at least 0, got -1'],
  [{ ranks: [300, 1] }, 'generator: ranks[0]: must be at most 256, the features there, got 300'],
  [{ importance: [1] }, 'generator: importance needs one entry per block, 2 here, got [1]'],
  [{ importance: [1, [1]] }, 'generator: importance[1]: must have as many numbers as the rank, 2, got [1]'],
  [{ ranks: 0, noise: 0 }, 'generator: needs an input: noise above 0 or a rank above 0'],
  [{ noise: -1 }, 'generator: noise: must be an integer of at least 0, got -1'],
  [
    { orthonormality: 'constraint', orthonormalityStrength: 2 },
    "generator: orthonormalityStrength belongs to orthonormality 'regularizer', not to 'constraint', got 2",
  ],
  [{ basis: 'smoth' as 'smooth' }, 'Did you mean "smooth"?'],
] as [Partial<GeneratorOptions>, string][])('%j is refused', (options, message) => {
  expect(() => generatorOf(options)).toThrow(message);
});
