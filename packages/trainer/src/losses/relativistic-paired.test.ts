import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { nonSaturating, type RelativisticCost, relativisticPaired, sgd } from '../index';
import { scalarValue } from '../testing/fixtures';
import { bytesOf, tinyDiscriminator, tinyImages, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

const still = sgd({ learningRate: 0 });

test('each image is compared with its own partner', async () => {
  const costs: Record<RelativisticCost, (lead: number) => number> = {
    crossEntropy: (lead) => Math.log1p(Math.exp(-lead)),
    hinge: (lead) => Math.max(0, 1 - lead),
    leastSquares: (lead) => (lead - 1) ** 2,
  };
  const logit = fc.double({ min: -5, max: 5, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(logit, logit), { minLength: 1, maxLength: 6 }),
      fc.constantFrom<RelativisticCost>('crossEntropy', 'hinge', 'leastSquares'),
      async (pairs, cost) => {
        const loss = relativisticPaired({ cost });
        const [real, fake] = [0, 1].map((i) => tf.tensor2d(pairs.map((pair) => [pair[i] ?? 0])));
        if (real === undefined || fake === undefined) throw new Error('two tensors are expected');
        const mean = (lead: (real: number, fake: number) => number) =>
          pairs.reduce((sum, [r, f]) => sum + costs[cost](lead(r, f)), 0) / pairs.length;
        const d = loss.discriminator(real, fake);
        if (!(d instanceof tf.Tensor)) throw new Error('one number is expected');
        expect(await scalarValue(d)).toBeCloseTo(
          mean((r, f) => r - f),
          4,
        );
        const g = await scalarValue(loss.generator(fake, () => real));
        expect(g).toBeCloseTo(
          mean((r, f) => f - r),
          4,
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('an unknown cost is refused with the nearest name', () => {
  // @ts-expect-error not a cost
  expect(() => relativisticPaired({ cost: 'leastsquares' })).toThrow(
    'relativisticPaired: cost: must be one of crossEntropy, hinge, leastSquares, got "leastsquares". Did you mean "leastSquares"?',
  );
});

test.each(['same', 'fresh'] as const)(
  'G’s update on %s latents has D judge the reals, and moves nothing of D',
  async (generatorLatents) => {
    const discriminator = simpleDiscriminator(tfl.layers.batchNormalization());
    const images = tinyImages(4);
    const judged: Promise<Float32Array | Int32Array | Uint8Array>[] = [];
    let before: Promise<Record<string, string>> = Promise.resolve({});
    const trainer = tinyTrainer({
      discriminator,
      penalties: [],
      generatorLatents,
      loss: {
        ...relativisticPaired(),
        generator: (fake, realLogits) => {
          before = bytesOf(discriminator);
          const real = realLogits();
          judged.push(real.data());
          return relativisticPaired().generator(fake, () => real);
        },
      },
    });
    await trainer.step(images);
    const tensors = tf.memory().numTensors;
    await trainer.step(images);
    expect(tf.memory().numTensors).toBe(tensors);
    const bytes = await bytesOf(discriminator);
    expect(bytes).toEqual(await before);
    const expected = tf.tidy(() => {
      const logits = discriminator.apply(images, { training: true });
      if (!(logits instanceof tf.Tensor)) throw new Error('one tensor is expected');
      return logits;
    });
    const seen = await judged.at(-1);
    (await expected.data()).forEach((value, i) => {
      expect(seen?.[i]).toBeCloseTo(value, 5);
    });
  },
);

test('the log has both losses, and none of D’s parts', async () => {
  const optimizers = { generator: still, discriminator: still };
  const trainer = tinyTrainer({
    loss: relativisticPaired(),
    discriminator: simpleDiscriminator(),
    penalties: [],
    optimizers,
  });
  const log = await trainer.step(tinyImages(1));
  expect(Object.keys(log)).toEqual([
    'step',
    'images',
    'd_loss',
    'g_loss',
    'g_regularization',
    'penalty_evaluated',
  ]);
  // Of one pair, with nothing updated: softplus(-d) and softplus(d) differ by d.
  const lead = Math.log(Math.expm1(log.g_loss ?? Number.NaN));
  expect(log.d_loss).toBeCloseTo(Math.log1p(Math.exp(-lead)), 5);
});

test('G’s update goes down the gradient of the pairs’ mean', async () => {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed: 1 });
  const linear = tfl.layers.dense({ units: 16, inputShape: [2], useBias: false, kernelInitializer });
  const generator = tfl.sequential({ layers: [linear, tfl.layers.reshape({ targetShape: [4, 4, 1] })] });
  const latents = () => tf.tensor2d([0.3, -1.1, 0.8, 0.2, -0.5, 1.4], [3, 2]);
  const discriminator = simpleDiscriminator();
  const images = tinyImages(3);
  const kernel = linear.trainableWeights[0]?.read();
  if (!(kernel instanceof tf.Variable)) throw new Error('a dense layer has a kernel');
  const before = await kernel.data();
  const slope = tf.grad((weights: tf.Tensor) => {
    const fake = tf.reshape(tf.dot(latents(), weights), [3, 4, 4, 1]);
    const [real, made] = [images, fake].map((x) => discriminator.predict(x));
    if (!(real instanceof tf.Tensor && made instanceof tf.Tensor)) throw new Error('tensors are expected');
    return tf.mean(tf.softplus(tf.sub(real, made)));
  });
  const expected = await slope(tf.tensor2d(before, [2, 16])).data();
  const trainer = tinyTrainer({
    generator,
    discriminator,
    latents: () => [latents()],
    loss: relativisticPaired(),
    penalties: [],
    optimizers: { generator: sgd({ learningRate: 1 }), discriminator: still },
  });
  await trainer.step(images);
  const after = await kernel.data();
  expect(Math.hypot(...expected)).toBeGreaterThan(0.01);
  for (const [i, value] of expected.entries()) {
    expect((before[i] ?? 0) - (after[i] ?? 0)).toBeCloseTo(value, 6);
  }
});

test('a loss that does not ask for the reals’ logits does not pay for them', async () => {
  const discriminator = tinyDiscriminator();
  let passes = 0;
  const apply = discriminator.apply.bind(discriminator);
  discriminator.apply = (...given) => {
    passes++;
    return apply(...given);
  };
  const count = async (loss: Parameters<typeof tinyTrainer>[0]) => {
    const trainer = tinyTrainer({ discriminator, penalties: [], ...loss });
    await trainer.step(tinyImages(4));
    passes = 0;
    await trainer.step(tinyImages(4));
    return passes;
  };
  expect(await count({ loss: nonSaturating() })).toBe(3);
  expect(await count({ loss: relativisticPaired() })).toBe(4);
});

/** Without the constraint of the tiny one, so that an update at a rate of 0 leaves it as it is. */
function simpleDiscriminator(...layers: tfl.layers.Layer[]): tfl.LayersModel {
  const dense = (units: number, seed: number) =>
    tfl.layers.dense({ units, kernelInitializer: tfl.initializers.glorotNormal({ seed }) });
  return tfl.sequential({
    layers: [tfl.layers.flatten({ inputShape: [4, 4, 1] }), dense(5, 4), ...layers, dense(1, 5)],
  });
}
