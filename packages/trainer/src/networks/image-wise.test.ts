import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  diffAugment,
  hinge,
  nonSaturating,
  oneCentred,
  relativisticPaired,
  sgd,
  streamDropout,
  type TrainerOptions,
  wasserstein,
  zeroCentred,
} from '../index';
import { plainGenerator, tinyDiscriminator, tinyImages, tinyTrainer } from '../testing/tiny-gan';
import { isImageWise } from './image-wise';

const { layers } = tfl;

beforeAll(() => tf.setBackend('cpu'));

/** Does nothing, but who knows. */
class Unknown extends layers.Layer {
  static readonly className: string = 'Unknown';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return asTensor([inputs].flat()[0]);
  }
}

/** Gives each image the deviation over the batch, as discriminators against collapse do. */
class BatchDeviation extends Unknown {
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return deviating(super.call(inputs));
  }
}

const stockClass = (name: string) => {
  const [found] = tf.serialization.SerializationMap.getMap().classNameMap[name] ?? [];
  if (found === undefined) throw new Error(`no class ${name}`);
  return found;
};
const Conv2D: Parameters<typeof tf.serialization.registerClass<tfl.layers.Layer>>[0] = Object.getPrototypeOf(
  layers.conv2d({ filters: 1, kernelSize: 1 }),
).constructor;

/** Has the class name of what it extends. */
class CouplingConvolution extends Conv2D {
  override call(...args: Parameters<tfl.layers.Layer['call']>): tf.Tensor {
    return deviating(asTensor([super.call(...args)].flat()[0]));
  }
}

function deviating(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.add(x, tf.mean(tf.square(tf.sub(x, tf.mean(x, 0))))));
}

/** Inputs of 4 x 4 images, after which the given layers come. */
function convolutional(...others: tfl.layers.Layer[]): tfl.LayersModel {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed: 8 });
  return tfl.sequential({
    layers: [
      layers.conv2d({
        filters: 3,
        kernelSize: 3,
        inputShape: [4, 4, 1],
        name: 'first',
        activation: 'relu',
        kernelInitializer,
      }),
      ...others,
      layers.flatten({ name: 'flat' }),
      layers.dense({ units: 1, name: 'logit', kernelInitializer }),
    ],
  });
}

/** The sizes of the batches that pass a model from now on. */
function passesOf(model: tfl.LayersModel): number[] {
  const sizes: number[] = [];
  const { apply } = model;
  model.apply = (inputs, ...others) => {
    sizes.push(asTensor([inputs].flat()[0]).shape[0] ?? 0);
    return apply.call(model, inputs, ...others);
  };
  return sizes;
}

/** Three steps: the log of each, the weights at their end, the batches that passed D in the last two. */
async function run(discriminator: tfl.LayersModel, options: Partial<TrainerOptions> = {}) {
  const optimizer = sgd({ learningRate: 0.05, momentum: 0.5 });
  const trainer = tinyTrainer({
    generator: plainGenerator(),
    discriminator,
    penalties: [],
    optimizers: { generator: optimizer, discriminator: optimizer },
    ...options,
  });
  const [logs, passes]: [Record<string, number>[], number[][]] = [[], []];
  const sizes = passesOf(discriminator);
  for (let i = 0; i < 3; i++) {
    const images = tinyImages(7, i);
    logs.push(await trainer.step(images));
    images.dispose();
    passes.push(sizes.splice(0));
  }
  const weights: number[] = [];
  for (const model of [trainer.generator, discriminator]) {
    for (const weight of model.weights) weights.push(...(await weight.read().data()));
  }
  trainer.dispose();
  // Those of the first include the dry run's.
  return { logs, passes: passes.slice(1), weights };
}

describe('one pass of reals and fakes gives what two give', () => {
  const penalties = [zeroCentred({ at: 'real', weight: 1, interval: 2 })];
  test.each<[string, Partial<TrainerOptions>, number[]]>([
    ['nonSaturating', { loss: nonSaturating() }, [14, 7]],
    ['hinge', { loss: hinge() }, [14, 7]],
    ['wasserstein', { loss: wasserstein() }, [14, 7]],
    ['a relativistic loss', { loss: relativisticPaired() }, [14, 7, 7]],
    ['augmentation', { augment: diffAugment(), penalties }, [14, 7]],
    ['micro-batches', { microBatch: 3, penalties }, [6, 6, 2, 3, 3, 1]],
    ['latents of G’s own', { generatorLatents: 'fresh', penalties }, [14, 7]],
  ])('with %s', async (_, options, passes) => {
    const one = await run(convolutional(), options);
    const two = await run(convolutional(new Unknown({ name: 'unknown' })), options);
    expect(one.passes[0]).toEqual(passes);
    expect(two.passes[0]?.length).toBeGreaterThan(passes.length);
    const still = await run(convolutional(), { ...options, optimizers: noRates() });
    const moved = distance(two.weights, still.weights);
    expect(moved).toBeGreaterThan(0.01);
    expect(distance(one.weights, two.weights) / moved).toBeLessThan(2e-6);
    for (const [i, log] of two.logs.entries()) {
      expect(Object.keys(one.logs[i] ?? {})).toEqual(Object.keys(log));
      for (const [name, value] of Object.entries(log))
        expect(one.logs[i]?.[name], name).toBeCloseTo(value, 5);
    }
  });
});

describe('a step on which a penalty is due has a pass of the reals', () => {
  test('which the penalty differentiates, and one of the fakes', async () => {
    const penalties = [zeroCentred({ at: 'real', interval: 2 })];
    const { passes } = await run(convolutional(), { penalties });
    expect(passes).toEqual([
      [14, 7],
      [7, 7, 7],
    ]);
  });

  test('but not where it has an update of its own, which passes them again', async () => {
    const penalties = [zeroCentred({ at: 'real', interval: 2 }), oneCentred({ at: 'line', interval: 2 })];
    const { passes } = await run(convolutional(), { penalties, penaltyUpdate: 'separate' });
    expect(passes).toEqual([
      [14, 7],
      [14, 7, 7, 7],
    ]);
  });
});

describe('two passes stay where images may see each other', () => {
  test.each<[string, () => tfl.layers.Layer]>([
    ['batch normalisation', () => layers.batchNormalization()],
    ['dropout', () => streamDropout({ rate: 0.3 })],
    ['noise', () => layers.gaussianNoise({ stddev: 0.1 })],
    ['a layer of one’s own', () => new BatchDeviation()],
    ['a subclass of a stock layer', () => new CouplingConvolution({ filters: 2, kernelSize: 1 })],
  ])('%s', async (_, layer) => {
    const { passes } = await run(convolutional(layer()), { deterministic: false });
    expect(passes).toEqual([
      [7, 7, 7],
      [7, 7, 7],
    ]);
  });

  test('so that the loss is that of the reals by themselves', async () => {
    const model = convolutional(new CouplingConvolution({ filters: 2, kernelSize: 1 }));
    const trainer = tinyTrainer({ generator: plainGenerator(), discriminator: model, penalties: [] });
    const images = tinyImages(7);
    const logits = Array.from(await asTensor(model.predict(images)).data());
    const { d_real } = await trainer.step(images);
    const expected = logits.reduce<number>((sum, logit) => sum + Math.log1p(Math.exp(-logit)) / 7, 0);
    expect(d_real).toBeCloseTo(expected, 6);
  });
});

test('images of another size than the generated ones pass by themselves', async () => {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed: 8 });
  const discriminator = tfl.sequential({
    layers: [
      layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [null, null, 1], kernelInitializer }),
      layers.globalAveragePooling2d({}),
      layers.dense({ units: 1 }),
    ],
  });
  expect(isImageWise(discriminator)).toBe(true);
  const trainer = tinyTrainer({ generator: plainGenerator(), discriminator, penalties: [] });
  const images = tf.ones([7, 6, 8, 1]);
  await trainer.step(images);
  const sizes = passesOf(discriminator);
  await trainer.step(images);
  expect(sizes).toEqual([7, 7, 7]);
});

test('one pass leaves no tensor behind', async () => {
  const trainer = tinyTrainer({ discriminator: convolutional(), penalties: [] });
  const images = tinyImages(7);
  await trainer.step(images);
  const before = tf.memory().numTensors;
  await trainer.step(images);
  expect(tf.memory().numTensors).toBe(before);
});

describe('of a model it is known that images do not see each other', () => {
  const kinds: Record<string, () => tfl.LayersModel> = {
    'convolutions and dense layers': tinyDiscriminator,
    'layer normalisation': () => convolutional(layers.layerNormalization()),
    'a model in the model': () =>
      tfl.sequential({ layers: [convolutional(layers.leakyReLU()), layers.dense({ units: 1 })] }),
    'branches that meet': () => branching(layers.add(), layers.concatenate({ axis: 1 })),
    'axes counted from the end': () => branching(layers.concatenate({ axis: -3 }), layers.softmax()),
  };
  test.each(Object.entries(kinds))('with %s', (_, make) => {
    const before = tf.memory().numTensors;
    const model = make();
    const own = tf.memory().numTensors;
    expect(isImageWise(model)).toBe(true);
    expect(tf.memory().numTensors).toBe(own);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('which the outputs of every stock layer that counts as such bear out', async () => {
    const model = everyLayer();
    expect(isImageWise(model)).toBe(true);
    const images = tf.randomNormal([4, 8, 8, 2], 0, 1, 'float32', 5);
    const outputs = (x: tf.Tensor) => [model.apply(x, { training: true })].flat().map(asTensor);
    const halves = [outputs(tf.slice(images, 0, 1)), outputs(tf.slice(images, 1))];
    for (const [i, whole] of outputs(images).entries()) {
      const [first, second] = halves.map((half) => asTensor(half[i]));
      const apart = tf.concat([asTensor(first), asTensor(second)]);
      expect(apart.shape).toEqual(whole.shape);
      expect((await tf.max(tf.abs(tf.sub(whole, apart))).data())[0], model.outputNames[i]).toBeLessThan(1e-5);
    }
  });

  test('and making it out changes none of tfjs’s automatic names', () => {
    const model = convolutional();
    const next = () => Number(/\d+$/.exec(layers.reLU().name)?.[0]);
    const before = next();
    isImageWise(model);
    expect(next()).toBe(before + 1);
  });
});

describe('of a model it is not known', () => {
  const kinds: Record<string, () => tfl.LayersModel> = {
    'with batch normalisation, frozen too': () =>
      convolutional(layers.batchNormalization({ trainable: false })),
    'with tfjs’s dropout': () => convolutional(layers.dropout({ rate: 0.5, seed: 1 })),
    'with a wrapper': () => convolutional(layers.timeDistributed({ layer: layers.dense({ units: 2 }) })),
    'with a layer of an unknown class in an inner model': () =>
      tfl.sequential({ layers: [convolutional(new Unknown({})), layers.dense({ units: 1 })] }),
    'of a class of its own': () => {
      class OwnModel extends tfl.LayersModel {}
      const { inputs, outputs } = convolutional();
      return new OwnModel({ inputs, outputs, name: 'own' });
    },
    'with a class registered in place of a stock one': () => {
      tf.serialization.registerClass(CouplingConvolution);
      try {
        return convolutional(new CouplingConvolution({ filters: 2, kernelSize: 1 }));
      } finally {
        tf.serialization.registerClass(Conv2D);
      }
    },
    'with a layer whose call was replaced': () => {
      const layer = layers.reLU();
      const { call } = layer;
      layer.call = (...args) => deviating(asTensor([call.apply(layer, args)].flat()[0]));
      return convolutional(layer);
    },
    'with an activation of one’s own': () => {
      class Deviation extends stockClass('relu') {
        static override readonly className = 'deviation';
        readonly apply = deviating;
        override getConfig = () => ({});
      }
      tf.serialization.registerClass(Deviation);
      const activation = JSON.parse('"deviation"');
      return convolutional(layers.conv2d({ filters: 2, kernelSize: 1, activation }));
    },
    'with a batch of one size': () =>
      tfl.sequential({ layers: [layers.dense({ units: 1, batchInputShape: [7, 3] })] }),
    'joined along the batch': () => branching(layers.concatenate({ axis: 0 })),
    'joined along the batch, counted from the end': () => branching(layers.concatenate({ axis: -4 })),
    'with a softmax over the batch': () => convolutional(layers.softmax({ axis: 0 })),
    'with a softmax of one number an image': () =>
      tfl.sequential({
        layers: [
          layers.dense({ units: 1, inputShape: [3] }),
          layers.reshape({ targetShape: [] }),
          layers.activation({ activation: 'softmax' }),
        ],
      }),
  };
  test.each(Object.entries(kinds))('%s', (_, make) => {
    expect(isImageWise(make())).toBe(false);
  });
});

/** Two convolutions of 4 x 4 images, joined by the first of the layers; the others follow. */
function branching(join: tfl.layers.Layer, ...others: tfl.layers.Layer[]): tfl.LayersModel {
  const inputs = tfl.input({ shape: [4, 4, 1] });
  const branch = () => layers.conv2d({ filters: 2, kernelSize: 3 }).apply(inputs);
  const [left, right] = [symbolic(branch()), symbolic(branch())];
  const joined = symbolic(join.apply([left, right]));
  const outputs = others.reduce(
    (x, layer) => symbolic(layer.apply(layer.getClassName() === 'Concatenate' ? [x, x] : x)),
    joined,
  );
  return tfl.model({ inputs, outputs });
}

/** One output of each layer that takes images, rows of them, or volumes. */
function everyLayer(): tfl.LayersModel {
  const inputs = tfl.input({ shape: [8, 8, 2] });
  const flat = symbolic(layers.flatten().apply(inputs));
  const rows = symbolic(layers.reshape({ targetShape: [16, 8] }).apply(inputs));
  const volume = symbolic(layers.reshape({ targetShape: [4, 4, 4, 2] }).apply(inputs));
  const convolution = { filters: 2, kernelSize: 3, activation: 'softmax' } as const;
  const pooling = { poolSize: 2 };
  const of: [tfl.SymbolicTensor | tfl.SymbolicTensor[], tfl.layers.Layer[]][] = [
    [flat, [layers.dense({ units: 3, activation: 'tanh' }), layers.repeatVector({ n: 2 })]],
    [
      rows,
      [
        layers.conv1d(convolution),
        layers.averagePooling1d(pooling),
        layers.maxPooling1d(pooling),
        layers.globalAveragePooling1d(),
        layers.globalMaxPooling1d(),
      ],
    ],
    [
      volume,
      [
        layers.conv3d(convolution),
        layers.conv3dTranspose(convolution),
        layers.averagePooling3d(pooling),
        layers.maxPooling3d(pooling),
      ],
    ],
    [
      inputs,
      [
        layers.conv2d(convolution),
        layers.conv2dTranspose(convolution),
        layers.depthwiseConv2d({ kernelSize: 3 }),
        layers.separableConv2d(convolution),
        ...(['elu', 'relu6', 'gelu', 'hardSigmoid', 'swish'] as const).map((activation) =>
          layers.activation({ activation }),
        ),
        layers.elu(),
        layers.leakyReLU(),
        layers.prelu({ alphaInitializer: 'ones' }),
        layers.reLU(),
        layers.softmax({ axis: -1 }),
        layers.thresholdedReLU(),
        layers.averagePooling2d(pooling),
        layers.maxPooling2d(pooling),
        layers.globalAveragePooling2d({}),
        layers.globalMaxPooling2d({}),
        layers.cropping2D({ cropping: 1 }),
        layers.zeroPadding2d(),
        layers.upSampling2d({}),
        layers.permute({ dims: [3, 1, 2] }),
        layers.layerNormalization({ axis: [1, 2, 3] }),
      ],
    ],
    [
      [inputs, inputs],
      [
        layers.add(),
        layers.average(),
        layers.concatenate(),
        layers.maximum(),
        layers.minimum(),
        layers.multiply(),
      ],
    ],
  ];
  const outputs = of.flatMap(([x, each]) => each.map((layer) => symbolic(layer.apply(x))));
  return tfl.model({ inputs, outputs });
}

function noRates() {
  const optimizer = sgd({ learningRate: 0 });
  return { generator: optimizer, discriminator: optimizer };
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? Number.NaN)));
}

function asTensor(value: unknown): tf.Tensor {
  if (value instanceof tf.Tensor) return value;
  throw new Error('a tensor');
}

function symbolic(output: ReturnType<tfl.layers.Layer['apply']>): tfl.SymbolicTensor {
  if (output instanceof tfl.SymbolicTensor) return output;
  throw new Error('a layer applied to a symbolic tensor gives one');
}
