import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type AdversarialLoss,
  clippedHinge,
  fDivergence,
  hinge,
  leastSquares,
  nonSaturating,
  wasserstein,
} from '../index';
import { goldenCases, goldenTensors, goldenValues, scalarValue, toTensor } from '../testing/fixtures';

beforeAll(() => tf.setBackend('cpu'));

const official: Record<string, AdversarialLoss> = {
  hinge_v1: clippedHinge(),
  hinge_v2: hinge(),
  gan: nonSaturating(),
  lsgan: leastSquares(),
  wgan: wasserstein(),
  fgan_KL: fDivergence({ divergence: 'kl' }),
  'fgan_Reverse-KL': fDivergence({ divergence: 'reverseKl' }),
  'fgan_Pearson-X2': fDivergence({ divergence: 'pearson' }),
  'fgan_Squared-Hellinger': fDivergence({ divergence: 'squaredHellinger' }),
  fgan_JS: fDivergence({ divergence: 'jensenShannon' }),
  fgan_GAN: fDivergence({ divergence: 'gan' }),
};

describe.each(goldenCases)('on the logits of %s', (name) => {
  const { losses } = goldenValues(name);
  const tensors = goldenTensors(name);

  test('every loss of the official code has a counterpart here', () => {
    expect(Object.keys(official).sort()).toEqual(Object.keys(losses).sort());
  });

  test.each(Object.entries(official))('%s gives the official values', async (mode, loss) => {
    const real = toTensor(tensors['outputs/logit_real']);
    const fake = toTensor(tensors['outputs/logit_fake']);
    const { real: dReal, fake: dFake } = loss.discriminator(real, fake);
    expect(await scalarValue(dReal)).toBeCloseTo(losses[mode]?.d_real ?? Number.NaN, 5);
    expect(await scalarValue(dFake)).toBeCloseTo(losses[mode]?.d_fake ?? Number.NaN, 5);
    expect(await scalarValue(loss.generator(fake))).toBeCloseTo(losses[mode]?.g ?? Number.NaN, 5);
  });

  test('the theoretical generator objectives are the official ones', async () => {
    const fake = toTensor(tensors['outputs/logit_fake']);
    for (const [mode, divergence] of [
      ['fgan_KL', 'kl'],
      ['fgan_Reverse-KL', 'reverseKl'],
      ['fgan_Pearson-X2', 'pearson'],
      ['fgan_Squared-Hellinger', 'squaredHellinger'],
      ['fgan_JS', 'jensenShannon'],
      ['fgan_GAN', 'gan'],
    ] as const) {
      const loss = fDivergence({ divergence, generatorObjective: 'theoretical' });
      expect(await scalarValue(loss.generator(fake))).toBeCloseTo(
        losses[mode]?.g_theoretical ?? Number.NaN,
        5,
      );
    }
  });
});

test('the gradient of each loss is its finite difference', async () => {
  const logits = [-2.3, -0.4, 0.3, 1.9];
  for (const loss of Object.values(official)) {
    const at = (values: number[]) => scalarValue(loss.generator(tf.tensor2d(values, [4, 1])));
    const gradient = await tf
      .grad((x: tf.Tensor) => loss.generator(x))(tf.tensor2d(logits, [4, 1]))
      .data();
    for (const [i, value] of gradient.entries()) {
      const moved = (by: number) => logits.map((logit, j) => (j === i ? logit + by : logit));
      const difference = ((await at(moved(0.01))) - (await at(moved(-0.01)))) / 0.02;
      expect(value).toBeCloseTo(difference, 3);
    }
  }
});

test('the clipped hinge does not push fakes that already score above 1', async () => {
  const slope = tf.grad((x: tf.Tensor) => clippedHinge().generator(x));
  const gradient = await slope(tf.tensor2d([2, 0.5], [2, 1])).data();
  expect([...gradient].map(Math.abs)).toEqual([0, 0.5]);
});

test('large logits do not overflow the cross-entropy', async () => {
  const { real, fake } = nonSaturating().discriminator(tf.tensor2d([[-200]]), tf.tensor2d([[200]]));
  expect([await scalarValue(real), await scalarValue(fake)]).toEqual([200, 200]);
});

test('an unknown divergence is refused with the nearest name', () => {
  // @ts-expect-error not a divergence
  expect(() => fDivergence({ divergence: 'reversekl' })).toThrow(
    'fDivergence: divergence: must be one of kl, reverseKl, pearson, squaredHellinger, jensenShannon, gan, got "reversekl". Did you mean "reverseKl"?',
  );
});
