import { fillNormal, type Loader, type RandomStream, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { adam, nonSaturating, Trainer, type TrainerOptions, zeroCentred } from '../index';

/** A generator of 4 x 4 images with two latents, a used-twice regularised layer and batch statistics. */
export function tinyGenerator(seed = 1): tfl.LayersModel {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed });
  const noise = tfl.input({ shape: [3], name: 'noise' });
  const z = tfl.input({ shape: [2], name: 'z_0' });
  const joined = tfl.layers.concatenate({ name: 'joined' }).apply([noise, z]);
  const features = tfl.layers.dense({ units: 8, name: 'stem', kernelInitializer }).apply(joined);
  const shared = tfl.layers.dense({
    units: 8,
    name: 'shared',
    activation: 'relu',
    kernelInitializer,
    kernelRegularizer: tfl.regularizers.l2({ l2: 0.01 }),
  });
  const twice = shared.apply(shared.apply(features));
  const normal = tfl.layers.batchNormalization({ name: 'normal' }).apply(twice);
  const map = tfl.layers.reshape({ targetShape: [2, 2, 2], name: 'map' }).apply(normal);
  const images = tfl.layers
    .conv2dTranspose({
      filters: 1,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      activation: 'tanh',
      name: 'output',
      kernelInitializer,
    })
    .apply(map);
  return tfl.model({ inputs: [noise, z], outputs: symbolic(images), name: 'generator' });
}

/** As the tiny one, but no image sees another: without batch statistics. */
export function plainGenerator(seed = 5): tfl.LayersModel {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed });
  const kernelRegularizer = tfl.regularizers.l2({ l2: 0.1 });
  const inputs = [tfl.input({ shape: [3], name: 'noise' }), tfl.input({ shape: [2], name: 'z_0' })];
  const joined = tfl.layers.concatenate({ name: 'joined' }).apply(inputs);
  const flat = tfl.layers
    .dense({ units: 16, activation: 'tanh', name: 'flat', kernelInitializer, kernelRegularizer })
    .apply(joined);
  const outputs = tfl.layers.reshape({ targetShape: [4, 4, 1], name: 'images' }).apply(flat);
  return tfl.model({ inputs, outputs: symbolic(outputs), name: 'generator' });
}

/** Convolutions and relu: what stock tfjs differentiates twice. The kernel of `wide` is kept non-negative. */
export function tinyDiscriminator(seed = 2): tfl.LayersModel {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed });
  const images = tfl.input({ shape: [4, 4, 1], name: 'images' });
  const first = tfl.layers
    .conv2d({
      filters: 3,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      activation: 'relu',
      name: 'first',
      kernelInitializer,
    })
    .apply(images);
  const wide = tfl.layers
    .conv2d({
      filters: 4,
      kernelSize: 2,
      activation: 'relu',
      name: 'wide',
      kernelInitializer,
      kernelConstraint: tfl.constraints.nonNeg(),
    })
    .apply(first);
  const flat = tfl.layers.flatten({ name: 'flat' }).apply(wide);
  const logits = tfl.layers.dense({ units: 1, name: 'logit', kernelInitializer }).apply(flat);
  return tfl.model({ inputs: images, outputs: symbolic(logits), name: 'discriminator' });
}

export function tinyLatents(batch: number, stream: RandomStream): tf.Tensor[] {
  return [3, 2].map((width) =>
    tf.tensor2d(fillNormal(stream, new Float32Array(batch * width)), [batch, width]),
  );
}

export function tinyTrainer(options: Partial<TrainerOptions> = {}): Trainer {
  return new Trainer({
    latents: tinyLatents,
    loss: nonSaturating(),
    penalties: [zeroCentred({ at: 'real', weight: 1, interval: 4 })],
    optimizers: {
      generator: adam({ learningRate: 2e-3, beta1: 0.9 }),
      discriminator: adam({ learningRate: 2e-3, beta1: 0.9 }),
    },
    ema: { decay: 0.99 },
    seed: 7,
    ...options,
    generator: options.generator ?? tinyGenerator(),
    discriminator: options.discriminator ?? tinyDiscriminator(),
  });
}

/** Bright and dark squares with noise, drawn from a seed. */
export function tinyImages(batch: number, seed = 3): tf.Tensor4D {
  const stream = seededStream(seed, 'data');
  const noise = fillNormal(stream, new Float32Array(batch * 16), { stddev: 0.3 });
  return tf.tensor4d(
    noise.map((value, i) => Math.tanh(value + (Math.floor(i / 16) % 2 === 0 ? 0.5 : -0.5))),
    [batch, 4, 4, 1],
  );
}

/** Endless batches, each a function of its number alone. */
export function tinyLoader(batch = 4): Loader<tf.Tensor> {
  let next = 0;
  return {
    state: () => ({ next }),
    restore: (state) => {
      next = Number(state.next);
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const images = tinyImages(batch, 100 + next++);
        yield { images, index: Int32Array.from({ length: batch }, (_, i) => i) };
      }
    },
  };
}

/** Every byte of a model's weights, by tfjs's name. */
export async function bytesOf(model: tfl.LayersModel): Promise<Record<string, string>> {
  const bytes: Record<string, string> = {};
  for (const weight of model.weights) {
    const values = await weight.read().data();
    bytes[weight.originalName] = Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString(
      'hex',
    );
  }
  return bytes;
}

function symbolic(output: ReturnType<tfl.layers.Layer['apply']>): tfl.SymbolicTensor {
  if (output instanceof tfl.SymbolicTensor) return output;
  throw new Error('a layer applied to a symbolic tensor gives one');
}
