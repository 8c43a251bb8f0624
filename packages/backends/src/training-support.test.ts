import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { type SupportPhase, trainingSupport, useBackend } from './index';

/** A small generator of 8 x 8 images, with batch statistics and a regularised layer. */
function smallGenerator(): tfl.LayersModel {
  return tfl.sequential({
    layers: [
      tfl.layers.dense({
        name: 'stem',
        inputShape: [5],
        units: 4 * 4 * 6,
        kernelRegularizer: tfl.regularizers.l2({ l2: 0.01 }),
      }),
      tfl.layers.reshape({ targetShape: [4, 4, 6] }),
      tfl.layers.batchNormalization({ name: 'normal' }),
      tfl.layers.conv2dTranspose({ name: 'up', filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
      tfl.layers.activation({ activation: 'tanh', name: 'tanh' }),
    ],
  });
}

function smallDiscriminator(extra: tfl.layers.Layer[] = []): tfl.LayersModel {
  return tfl.sequential({
    layers: [
      tfl.layers.conv2d({
        name: 'down_0',
        inputShape: [8, 8, 3],
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
      }),
      tfl.layers.leakyReLU({ name: 'leaky_0' }),
      ...extra,
      tfl.layers.flatten(),
      tfl.layers.dense({ name: 'logit', units: 1 }),
    ],
  });
}

/** Takes kernels away from a backend, and puts them back afterwards. */
async function withoutKernels<T>(backend: string, names: string[], run: () => Promise<T>): Promise<T> {
  const kernels = names.map((name) => tf.getKernel(name, backend));
  for (const name of names) tf.unregisterKernel(name, backend);
  try {
    return await run();
  } finally {
    for (const kernel of kernels) tf.registerKernel(kernel);
  }
}

async function withoutGradients<T>(names: string[], run: () => Promise<T>): Promise<T> {
  const gradients = names.map((name) => tf.getGradient(name));
  for (const name of names) tf.unregisterGradient(name);
  try {
    return await run();
  } finally {
    for (const gradient of gradients) tf.registerGradient(gradient);
  }
}

/** What tfjs has registered, kernel and gradient functions themselves included. */
function registered(backend: string) {
  const kernels = tf
    .getKernelsForBackend(backend)
    .map(({ kernelName, kernelFunc }) => ({ kernelName, kernelFunc }));
  const gradients = Object.entries(tf).flatMap(([name, value]) =>
    name === value ? [tf.getGradient(name)] : [],
  );
  return { kernels, gradients };
}

async function weightsOf(...models: tfl.LayersModel[]): Promise<number[][]> {
  const all = models.flatMap(({ weights }) => weights.map((weight) => weight.read()));
  return Promise.all(all.map(async (weight) => Array.from(await weight.data())));
}

describe.each(['cpu', 'wasm'] as const)('trainingSupport on %s', (backend) => {
  test('finds that a repaired backend supports everything', async () => {
    await useBackend(backend);
    expect(await trainingSupport(smallGenerator(), smallDiscriminator())).toEqual({
      backend,
      supported: true,
      floatPrecision: 32,
      missing: [],
      failed: [],
    });
  });

  test('lists every missing kernel and gradient at once, with its phase, pass and layers', async () => {
    await useBackend(backend);
    const report = await withoutKernels(backend, ['Conv2DBackpropFilter', 'Softplus'], () =>
      withoutGradients(['LeakyRelu'], () => trainingSupport(smallGenerator(), smallDiscriminator())),
    );
    expect(report.supported).toBe(false);
    expect(report.failed).toEqual([]);
    expect(report.missing).toContainEqual({
      kernel: 'Softplus',
      lacks: 'kernel',
      phase: 'discriminator',
      pass: 'forward',
      layers: [],
    });
    expect(report.missing).toContainEqual({
      kernel: 'Conv2DBackpropFilter',
      lacks: 'kernel',
      phase: 'discriminator',
      pass: 'gradient',
      layers: ['down_0'],
    });
    expect(report.missing).toContainEqual({
      kernel: 'Conv2DBackpropFilter',
      lacks: 'kernel',
      phase: 'generator',
      pass: 'gradient',
      layers: expect.arrayContaining(['up']),
    });
    expect(report.missing).toContainEqual({
      kernel: 'LeakyRelu',
      lacks: 'gradient',
      phase: 'penalty',
      pass: 'gradient',
      layers: ['leaky_0'],
    });
    const [phases, kernels] = [
      report.missing.map(({ phase }) => phase),
      report.missing.map(({ kernel }) => kernel),
    ];
    expect([...new Set(phases)]).toEqual(['generator', 'discriminator', 'penalty']);
    expect([...new Set(kernels)].sort()).toEqual(['Conv2DBackpropFilter', 'LeakyRelu', 'Softplus']);
  });

  test('tells a gradient that is missing at second order only', async () => {
    await useBackend(backend);
    // What the gradient of a leaky ReLU is made of.
    const kernel = backend === 'wasm' ? 'LeakyReluGrad' : 'Step';
    const report = await withoutGradients([kernel], () =>
      trainingSupport(smallGenerator(), smallDiscriminator()),
    );
    expect(report.missing).toEqual([
      {
        kernel,
        lacks: 'gradient',
        phase: 'penalty',
        pass: 'second order',
        layers: ['leaky_0'],
      },
    ]);
  });

  test('finds what the update of the weights lacks', async () => {
    await useBackend(backend);
    const report = await withoutKernels(backend, ['Sqrt'], () =>
      trainingSupport(smallGenerator(), smallDiscriminator(), ['update']),
    );
    expect(report.missing).toEqual([
      { kernel: 'Sqrt', lacks: 'kernel', phase: 'update', pass: 'forward', layers: [] },
    ]);
  });

  test("examines a loss of the caller's own", async () => {
    await useBackend(backend);
    const products: SupportPhase = {
      name: 'products',
      of: 'discriminator',
      loss: (_generator, discriminator, images) =>
        tf.sum(tf.cumprod(discriminator.apply(images) as tf.Tensor, 0)),
    };
    const { missing } = await trainingSupport(smallGenerator(), smallDiscriminator(), [products]);
    expect(missing).toContainEqual({
      kernel: 'Cumprod',
      lacks: 'gradient',
      phase: 'products',
      pass: 'gradient',
      layers: [],
    });
  });

  test('reports a phase that fails for another reason, and where', async () => {
    await useBackend(backend);
    const layer = tfl.layers.activation({ activation: 'relu', name: 'broken' });
    layer.call = () => {
      throw new Error('out of order');
    };
    const discriminator = smallDiscriminator();
    const last = discriminator.layers.at(-1);
    if (last === undefined) throw new Error('no layer');
    last.call = layer.call;
    const report = await trainingSupport(smallGenerator(), discriminator, ['penalty']);
    expect(report).toMatchObject({
      supported: false,
      failed: [{ phase: 'penalty', pass: 'forward', layer: 'logit', message: 'out of order' }],
    });
    expect(last.call).toBe(layer.call);
  });

  test('changes nothing: no weight, batch statistic, tensor, kernel, gradient or layer', async () => {
    await useBackend(backend);
    const [generator, discriminator] = [smallGenerator(), smallDiscriminator()];
    const throwing: SupportPhase = {
      name: 'throwing',
      of: 'discriminator',
      loss: (_generator, critic, images) => {
        critic.apply(images, { training: true });
        throw new Error('half way');
      },
    };
    // tfjs may make tensors of its own on the first use.
    await trainingSupport(generator, discriminator);
    const before = {
      weights: await weightsOf(generator, discriminator),
      tensors: tf.memory().numTensors,
      ...registered(backend),
    };
    await trainingSupport(generator, discriminator, ['generator', 'penalty', throwing, 'update']);
    await withoutGradients(['LeakyRelu', 'Tanh'], () => trainingSupport(generator, discriminator));
    expect(await weightsOf(generator, discriminator)).toEqual(before.weights);
    expect(tf.memory().numTensors).toBe(before.tensors);
    const { kernels, gradients } = registered(backend);
    expect(kernels.length).toBe(before.kernels.length);
    expect(gradients.map((gradient) => gradient?.gradFunc)).toEqual(
      before.gradients.map((gradient) => gradient?.gradFunc),
    );
    expect(kernels.every(({ kernelFunc }, i) => kernelFunc === before.kernels[i]?.kernelFunc)).toBe(true);
    for (const layer of [...generator.layers, ...discriminator.layers]) {
      expect(Object.hasOwn(layer, 'call')).toBe(false);
    }
  });

  test('refuses an unknown phase, and networks whose size nobody knows', async () => {
    await useBackend(backend);
    const phase = 'penalti' as 'penalty';
    await expect(trainingSupport(smallGenerator(), smallDiscriminator(), [phase])).rejects.toThrow(
      'trainingSupport phase: must be one of generator, discriminator, penalty, update, got "penalti"',
    );
    const endless = tfl.sequential({
      layers: [tfl.layers.conv2d({ inputShape: [null, null, 5], filters: 3, kernelSize: 3 })],
    });
    await expect(trainingSupport(endless, smallDiscriminator())).rejects.toThrow(
      'trainingSupport generator: must have inputs of known size, apart from the batch',
    );
  });
});

test('trainingSupport leaves in place what was put on the engine before, and nothing of its own', async () => {
  await useBackend('wasm');
  const methods = () =>
    ['runKernel', 'gradients', 'customGrad'].map((name) =>
      Object.getOwnPropertyDescriptor(tf.engine(), name),
    );
  const before = methods();
  // Deferred results rely on it.
  expect(before[0]?.value).toBeTypeOf('function');
  await trainingSupport(smallGenerator(), smallDiscriminator());
  expect(methods()).toEqual(before);
});
