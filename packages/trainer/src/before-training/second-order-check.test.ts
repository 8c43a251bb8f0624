import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PenaltyTerm, zeroCentred } from '../index';
import { bytesOf, tinyImages, tinyTrainer } from '../testing/tiny-gan';
import { assertSecondOrder } from './second-order-check';

const { layers } = tfl;

/** One function as a layer. */
class Applied extends layers.Layer {
  static readonly className = 'Applied';

  constructor(
    readonly compute: (x: tf.Tensor) => tf.Tensor,
    name?: string,
  ) {
    super(name === undefined ? {} : { name });
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.compute([inputs].flat()[0] ?? tf.scalar(0)));
  }

  override computeOutputShape(shape: tfl.Shape): tfl.Shape {
    return shape;
  }
}

const applied = (compute: (x: tf.Tensor) => tf.Tensor, name?: string) => () => [new Applied(compute, name)];
const activation = (name: Parameters<typeof layers.activation>[0]['activation']) => () => [
  layers.activation({ activation: name }),
];
const kernel = (stddev: number) => tfl.initializers.randomNormal({ stddev, seed: 1 });

/** The gradient of stock tanh is wrong at second order; this one is right. */
function rightTanh(input: tf.Tensor): tf.Tensor {
  return tf.customGrad((x, save) => {
    if (!(x instanceof tf.Tensor) || typeof save !== 'function') throw new Error('a tensor and a function');
    save([x]);
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]): tf.Tensor =>
      tf.mul(dy, tf.sub(1, tf.square(rightTanh(saved ?? dy))));
    return { value: tf.tanh(x), gradFunc };
  })(input);
}

/** What stock tfjs differentiates twice as it should, or refuses to. */
const fine: Record<string, () => tfl.layers.Layer[]> = {
  'a convolution': () => [layers.conv2d({ filters: 4, kernelSize: 3, strides: 2 })],
  'a convolution with relu': () => [layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu' })],
  'a transposed convolution': () => [layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2 })],
  'convolutions one after another with relu': () =>
    [8, 16].map((filters) =>
      layers.conv2d({ filters, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
    ),
  'convolutions with batch normalisation and relu': () => [
    layers.conv2d({ filters: 8, kernelSize: 3 }),
    layers.batchNormalization(),
    layers.reLU(),
  ],
  'a tiny kernel': () => [
    layers.conv2d({ filters: 4, kernelSize: 3, kernelInitializer: kernel(1e-6), activation: 'relu' }),
  ],
  'a huge kernel': () => [
    layers.conv2d({ filters: 4, kernelSize: 3, kernelInitializer: kernel(1e6), activation: 'relu' }),
  ],
  'layer normalisation': () => [layers.layerNormalization()],
  'max pooling': () => [layers.maxPooling2d({ poolSize: 2 })],
  'average pooling': () => [layers.averagePooling2d({ poolSize: 2 })],
  'nearest upsampling': () => [layers.upSampling2d({ size: [2, 2] })],
  'bilinear upsampling': () => [layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' })],
  'leaky relu': () => [layers.leakyReLU()],
  prelu: () => [layers.prelu()],
  relu6: () => [layers.reLU({ maxValue: 6 })],
  linear: activation('linear'),
  relu: activation('relu'),
  softplus: activation('softplus'),
  softsign: activation('softsign'),
  'hard sigmoid': activation('hardSigmoid'),
  gelu: activation('gelu'),
  'dropout with a seed': () => [layers.dropout({ rate: 0.5, seed: 1 })],
  'dropout without one': () => [layers.dropout({ rate: 0.5 })],
  noise: () => [layers.gaussianNoise({ stddev: 0.1 })],
  'a steep curve': applied((x) => tf.softplus(tf.mul(100, x))),
  'large numbers': applied((x) => tf.mul(1e6, tf.softplus(x))),
  'small numbers': applied((x) => tf.mul(1e-6, tf.softplus(x))),
  'a cube': applied((x) => tf.mul(tf.square(x), x)),
  'a root': applied((x) => tf.sqrt(tf.add(tf.square(x), 1e-3))),
  'the deviation over the batch': applied((x) =>
    tf.add(x, tf.mean(tf.sqrt(tf.add(tf.mean(tf.square(tf.sub(x, tf.mean(x, 0))), 0), 1e-8)))),
  ),
  'a repaired tanh': applied((x) => rightTanh(x)),
};

/** What stock tfjs differentiates twice silently wrong. */
const wrong: Record<string, () => tfl.layers.Layer[]> = {
  tanh: activation('tanh'),
  sigmoid: activation('sigmoid'),
  swish: activation('swish'),
  mish: activation('mish'),
  softmax: activation('softmax'),
  'the other gelu': activation('gelu_new'),
  exp: applied((x) => tf.exp(x)),
  logSoftmax: applied((x) => tf.logSoftmax(x)),
  'tanh inside a convolution': () => [layers.conv2d({ filters: 4, kernelSize: 3, activation: 'tanh' })],
  'tanh behind a tiny kernel': () => [
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'tanh', kernelInitializer: kernel(1e-6) }),
  ],
  'tanh behind a kernel of zeros': () => [
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'tanh', kernelInitializer: 'zeros' }),
  ],
  'tanh behind a huge kernel': () => [
    layers.conv2d({ filters: 4, kernelSize: 3, activation: 'tanh', kernelInitializer: kernel(1e6) }),
  ],
};

const discriminatorOf = (middle: tfl.layers.Layer[]) =>
  tfl.sequential({
    layers: [
      layers.inputLayer({ inputShape: [8, 8, 2] }),
      ...middle,
      layers.flatten(),
      layers.dense({ units: 1 }),
    ],
  });
const unvaried = <T>(compute: () => T) => compute();

beforeEach(() => tf.setBackend('cpu'));
afterEach(() => tf.setBackend('cpu'));

describe('what is right', () => {
  test.each(Object.keys(fine))('%s is let through, and nothing is left or moved', async (name) => {
    const model = discriminatorOf(fine[name]?.() ?? []);
    const weights = await bytesOf(model);
    const before = tf.memory().numTensors;
    await assertSecondOrder(model, unvaried);
    expect(tf.memory().numTensors).toBe(before);
    expect(await bytesOf(model)).toEqual(weights);
  });

  test.each(['softplus', 'relu', 'a cube', 'a repaired tanh', 'large numbers'])(
    '%s is let through on wasm too',
    async (name) => {
      await tf.setBackend('wasm');
      await assertSecondOrder(discriminatorOf(fine[name]?.() ?? []), unvaried);
    },
  );
});

describe('what is silently wrong', () => {
  test.each(Object.keys(wrong))('%s is refused, and nothing is left or moved', async (name) => {
    const model = discriminatorOf(wrong[name]?.() ?? []);
    const weights = await bytesOf(model);
    const before = tf.memory().numTensors;
    await expect(assertSecondOrder(model, unvaried)).rejects.toThrow(/in layer \S+ \(\w+, off by \d+ %\)\. /);
    expect(tf.memory().numTensors).toBe(before);
    expect(await bytesOf(model)).toEqual(weights);
  });

  test.each(['tanh', 'swish', 'logSoftmax'])('%s is refused on wasm too', async (name) => {
    await tf.setBackend('wasm');
    const model = discriminatorOf(wrong[name]?.() ?? []);
    await expect(assertSecondOrder(model, unvaried)).rejects.toThrow('off by');
  });

  test('a custom layer is named, a right one beside it is not', async () => {
    const model = discriminatorOf([
      layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
      new Applied((x) => tf.logSoftmax(x), 'scores'),
    ]);
    await expect(assertSecondOrder(model, unvaried)).rejects.toThrow(
      'Trainer: a gradient penalty needs right second-order gradients, got wrong ones on the backend cpu in layer scores (Applied, off by 100 %). Call repairGradients()',
    );
  });

  test('a layer that takes several tensors is looked at', async () => {
    class Gate extends Applied {
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const [a, b] = [inputs].flat();
        if (a === undefined || b === undefined) throw new Error('two tensors');
        return tf.mul(a, tf.sigmoid(b));
      }
      override computeOutputShape([shape]: tfl.Shape[] | tfl.Shape): tfl.Shape {
        return Array.isArray(shape) ? shape : [];
      }
    }
    const images = tfl.input({ shape: [8] });
    const [a, b] = [layers.dense({ units: 8 }).apply(images), layers.dense({ units: 8 }).apply(images)];
    const gated = new Gate((x) => x, 'gate').apply([a, b].filter((x) => x instanceof tfl.SymbolicTensor));
    const logits = layers.dense({ units: 1 }).apply(gated);
    if (!(logits instanceof tfl.SymbolicTensor)) throw new Error('symbolic');
    const model = tfl.model({ inputs: images, outputs: logits });
    await expect(assertSecondOrder(model, unvaried)).rejects.toThrow('in layer gate (Applied');
  });
});

describe('in a Trainer', () => {
  const bent = () =>
    tfl.sequential({
      layers: [
        layers.flatten({ inputShape: [4, 4, 1] }),
        layers.dense({ units: 4, activation: 'tanh', name: 'bent' }),
        layers.dense({ units: 1 }),
      ],
    });

  test('a penalty that differentiates D asks for it', async () => {
    const trainer = tinyTrainer({
      discriminator: bent(),
      penalties: [zeroCentred({ at: 'line', interval: 9 })],
    });
    await expect(trainer.step(tinyImages(4))).rejects.toThrow('in layer bent (Dense, off by');
  });

  test('a penalty on the logits alone does not', async () => {
    const drift: PenaltyTerm = {
      name: 'drift',
      weight: 1e-3,
      interval: 1,
      configuration: {},
      evaluate: ({ discriminate, real }) => tf.mean<tf.Scalar>(tf.square(discriminate(real))),
    };
    const trainer = tinyTrainer({ discriminator: bent(), penalties: [drift] });
    expect((await trainer.step(tinyImages(4))).step).toBe(1);
  });
});
