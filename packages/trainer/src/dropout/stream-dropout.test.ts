import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, test } from 'vitest';
import { StreamDropout, streamDropout, type Trainer, type TrainerOptions, zeroCentred } from '../index';
import { bytesOf, tinyGenerator, tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeEach(() => tf.setBackend('cpu'));

async function dropped(layer: tfl.layers.Layer, x: tf.Tensor, training = true): Promise<number[]> {
  const output = layer.apply(x, { training });
  if (!(output instanceof tf.Tensor)) throw new Error('one tensor');
  return Array.from(await output.data());
}

describe('the layer', () => {
  test('drops the share it says and scales the rest so that the mean stays', async () => {
    const values = await dropped(streamDropout({ rate: 0.25, seed: 1 }), tf.ones([100, 200]));
    const kept = values.filter((value) => value !== 0);
    // Binomial: 15,000 of 20,000 with a deviation of 61.
    expect(Math.abs(kept.length - 15_000)).toBeLessThan(250);
    expect(new Set(kept)).toEqual(new Set([Math.fround(4 / 3)]));
  });

  test('is the identity at inference, and with a rate of 0', async () => {
    const x = tf.linspace(-1, 1, 12);
    const expected = Array.from(await x.data());
    expect(await dropped(streamDropout({ rate: 0.9 }), x, false)).toEqual(expected);
    expect(await dropped(streamDropout({ rate: 0 }), x)).toEqual(expected);
  });

  test('shares draws along the axes of size 1 of its noise shape', async () => {
    const layer = streamDropout({ rate: 0.5, seed: 2, noiseShape: [null, 1, null] });
    const values = await dropped(layer, tf.ones([8, 5, 8]));
    const column = (b: number, c: number) => [0, 1, 2, 3, 4].map((t) => values[(b * 5 + t) * 8 + c]);
    const columns = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((b) =>
      [0, 1, 2, 3, 4, 5, 6, 7].map((c) => column(b, c)),
    );
    for (const shared of columns) expect(new Set(shared).size).toBe(1);
    expect(new Set(columns.map(([first]) => first))).toEqual(new Set([0, 2]));
  });

  test('with a seed draws another mask in each call, the same in each process and on each backend', async () => {
    const layers = [1, 2].map(() => streamDropout({ rate: 0.5, seed: 3 }));
    const draws: number[][] = [];
    for (const layer of layers) {
      draws.push(await dropped(layer, tf.ones([64])), await dropped(layer, tf.ones([64])));
      await tf.setBackend('wasm');
    }
    expect(draws[0]).not.toEqual(draws[1]);
    expect(draws.slice(2)).toEqual(draws.slice(0, 2));
    expect(draws[0]?.slice(0, 12).map(Boolean)).toMatchInlineSnapshot(`
      [
        false,
        false,
        false,
        true,
        false,
        false,
        false,
        false,
        false,
        false,
        false,
        true,
      ]
    `);
  });

  test('outside of a Trainer training needs a seed', () => {
    const layer = streamDropout({ rate: 0.5, name: 'drop' });
    expect(() => layer.apply(tf.ones([2, 3]), { training: true })).toThrow(
      'layer drop: training mode: needs a Trainer, or a seed of its own, got null',
    );
  });

  test('refuses rates, seeds and noise shapes that are none', () => {
    expect(() => streamDropout({ rate: 1, name: 'd' })).toThrow('layer d: rate: must be a finite number');
    expect(() => streamDropout({ rate: 0.5, seed: -1, name: 'd' })).toThrow('layer d: seed: must be');
    expect(() => streamDropout({ rate: 0.5, noiseShape: [0], name: 'd' })).toThrow('layer d: noiseShape');
    const layer = streamDropout({ rate: 0.5, noiseShape: [2, 2], seed: 1, name: 'd' });
    expect(() => layer.apply(tf.ones([2, 3]), { training: true })).toThrow(
      "layer d: noiseShape: must be null, 1 or the input's size on each axis of [2, 3], got [2, 2]",
    );
  });

  test('survives saving and loading, under a name of its own', async () => {
    const layer = streamDropout({ rate: 0.3, noiseShape: [null, 1], inputShape: [4] });
    expect(layer.name).toMatch(/^stream_dropout_\d+$/);
    const model = tfl.sequential({ layers: [layer, tfl.layers.dense({ units: 1 })] });
    let saved: tf.io.ModelArtifacts = {};
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await tfl.loadLayersModel(tf.io.fromMemory(saved));
    expect(loaded.layers[0]).toBeInstanceOf(StreamDropout);
    expect(loaded.layers[0]?.getConfig()).toMatchObject({ rate: 0.3, noiseShape: [null, 1], seed: null });
    const x = tf.ones([2, 4]);
    const [a, b] = [model, loaded].map((each) => asTensor(each.predict(x)));
    expect(await a?.data()).toEqual(await b?.data());
  });
});

describe('in a Trainer', () => {
  /** Two dropouts, one in a nested model, one used twice in a row, over layers that wasm trains too. */
  function discriminator(): { model: tfl.LayersModel; layers: StreamDropout[] } {
    const kernelInitializer = tfl.initializers.glorotNormal({ seed: 4 });
    const inner = streamDropout({ rate: 0.4, name: 'inner' });
    const twice = streamDropout({ rate: 0.2, name: 'twice' });
    const nested = tfl.sequential({
      name: 'nested',
      layers: [
        tfl.layers.dense({ units: 8, activation: 'relu', inputShape: [16], kernelInitializer, name: 'wide' }),
        inner,
      ],
    });
    const images = tfl.input({ shape: [4, 4, 1] });
    const flat = tfl.layers.flatten().apply(images);
    const features = twice.apply(twice.apply(nested.apply(flat)));
    const logits = tfl.layers.dense({ units: 1, kernelInitializer, name: 'logit' }).apply(features);
    if (!(logits instanceof tfl.SymbolicTensor)) throw new Error('symbolic');
    return { model: tfl.model({ inputs: images, outputs: logits }), layers: [inner, twice] };
  }

  const trainer = (options: Partial<TrainerOptions> = {}) =>
    tinyTrainer({
      discriminator: discriminator().model,
      penalties: [zeroCentred({ at: 'real', interval: 2 }), zeroCentred({ at: 'line', interval: 3 })],
      ...options,
    });

  async function run(made: Trainer, steps: number): Promise<Uint8Array> {
    for (let i = 0; i < steps; i++) await made.step(tinyImages(4, made.stepCount));
    return made.checkpoint();
  }

  test('one seed gives one run, another seed another', async () => {
    const bytes = await run(trainer(), 3);
    expect(await run(trainer(), 3)).toEqual(bytes);
    expect(await run(trainer({ seed: 8 }), 3)).not.toEqual(bytes);
  });

  test('a resume goes on bit for bit, though the checkpoint says nothing of dropout', async () => {
    const whole = await run(trainer(), 5);
    const resumed = trainer();
    const metadata = await resumed.restore(await run(trainer(), 2));
    expect(Object.keys(metadata.random)).toEqual(['latents']);
    expect(await run(resumed, 3)).toEqual(whole);
  });

  test('every call of every layer in every step has a mask of its own', async () => {
    const { model, layers } = discriminator();
    const seen: string[] = [];
    const { drawFrom } = StreamDropout.prototype;
    for (const layer of layers) {
      layer.drawFrom = (source) =>
        drawFrom.call(
          layer,
          source === null
            ? null
            : () => {
                const stream = source();
                seen.push(stream.state().join());
                return stream;
              },
        );
    }
    const made = trainer({ discriminator: model });
    await made.step(tinyImages(4));
    seen.length = 0;
    await made.step(tinyImages(4));
    // D on reals, on fakes, and under G; three calls of the two layers in each. No penalty is due.
    expect(seen).toHaveLength(9);
    // The penalty at the reals is one of the pass of the reals, the one on the line has a pass of its own.
    await made.step(tinyImages(4));
    expect(seen).toHaveLength(18);
    await made.step(tinyImages(4));
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
  });

  test('agrees on cpu and wasm, and leaves no tensor', async () => {
    const logs: Record<string, number>[] = [];
    const kernelInitializer = tfl.initializers.glorotNormal({ seed: 5 });
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      const made = trainer({
        generator: tfl.sequential({
          layers: [
            tfl.layers.dense({ units: 16, inputShape: [3], kernelInitializer, name: 'stem' }),
            streamDropout({ rate: 0.1 }),
            tfl.layers.reshape({ targetShape: [4, 4, 1] }),
          ],
        }),
        latents: (batch, stream) => [
          tf.tensor(Float32Array.from({ length: 3 * batch }, stream.normal), [batch, 3]),
        ],
      });
      const images = tinyImages(4);
      await made.step(images);
      const before = tf.memory().numTensors;
      logs.push(await made.step(images));
      logs.push(await made.step(images));
      expect(tf.memory().numTensors).toBe(before);
    }
    const [cpuFirst = {}, cpuSecond = {}, ...wasm] = logs;
    [cpuFirst, cpuSecond].forEach((log, i) => {
      for (const [name, value] of Object.entries(log)) expect(wasm[i]?.[name], name).toBeCloseTo(value, 4);
    });
  });

  test('an update of D leaves every byte of a G with dropout as it was', async () => {
    const made = trainer({ generator: tinyGenerator(), generatorInterval: 2 });
    const before = await bytesOf(made.generator);
    const discriminatorBefore = await bytesOf(made.discriminator);
    await made.step(tinyImages(4));
    expect(await bytesOf(made.generator)).toEqual(before);
    expect(await bytesOf(made.discriminator)).not.toEqual(discriminatorBefore);
  });

  test('after a step the layer belongs to nobody', async () => {
    const { model, layers } = discriminator();
    await trainer({ discriminator: model }).step(tinyImages(4));
    expect(() => layers[0]?.apply(tf.ones([1, 8]), { training: true })).toThrow('needs a Trainer');
  });

  test('the penalty’s gradient through a mask is that of finite differences', async () => {
    const layer = streamDropout({ rate: 0.5, inputShape: [6], name: 'drop' });
    const kernelInitializer = tfl.initializers.glorotNormal({ seed: 6 });
    const hidden = tfl.layers.dense({ units: 5, kernelInitializer, activation: 'softplus' });
    const model = tfl.sequential({
      layers: [layer, hidden, tfl.layers.dense({ units: 1, kernelInitializer })],
    });
    const x = tf.reshape(tf.linspace(-1, 1, 18), [3, 6]);
    layer.drawFrom(() => seededStream(1, 'one mask'));
    const penalty = () =>
      tf.sum<tf.Scalar>(
        tf.square(tf.grad((at: tf.Tensor) => tf.sum(asTensor(model.apply(at, { training: true }))))(x)),
      );
    const kernel = hidden.trainableWeights[0]?.read();
    if (!(kernel instanceof tf.Variable)) throw new Error('a variable');
    const gradient = tf.variableGrads(penalty, [kernel]).grads[kernel.name];
    const direction = tf.randomNormal(kernel.shape, 0, 1, 'float32', 1);
    const along = (await tf.sum(tf.mul(gradient ?? direction, direction)).data())[0] ?? 0;
    const at = async (h: number) => {
      kernel.assign(tf.add(start, tf.mul(h, direction)));
      return (await penalty().data())[0] ?? 0;
    };
    const start = tf.add(kernel, 0);
    const measured = ((await at(0.01)) - (await at(-0.01))) / 0.02;
    expect(Math.abs(along)).toBeGreaterThan(0.01);
    expect(measured / along).toBeCloseTo(1, 2);
  });
});

function asTensor(output: unknown): tf.Tensor {
  if (output instanceof tf.Tensor) return output;
  throw new Error('one tensor');
}
