import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type AdversarialLoss,
  clippedHinge,
  divergenceNames,
  fDivergence,
  hinge,
  leastSquares,
  minimax,
  nonSaturating,
  relativisticPaired,
  type SeparableLoss,
  wasserstein,
} from '../index';
import { goldenCases, goldenTensors, goldenValues, scalarValue, toTensor } from '../testing/fixtures';

beforeAll(() => tf.setBackend('cpu'));

const official: Record<string, SeparableLoss> = {
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

const every: AdversarialLoss[] = [
  ...Object.values(official),
  ...divergenceNames.map((divergence) => fDivergence({ divergence, generatorObjective: 'theoretical' })),
  minimax(),
  relativisticPaired(),
  relativisticPaired({ cost: 'hinge' }),
  relativisticPaired({ cost: 'leastSquares' }),
];

/** The three functions of logits that a loss is made of. */
function functionsOf(loss: AdversarialLoss, other: tf.Tensor): ((logits: tf.Tensor) => tf.Scalar)[] {
  const discriminator = (real: tf.Tensor, fake: tf.Tensor) => {
    const value = loss.discriminator(real, fake);
    return value instanceof tf.Tensor ? value : tf.add<tf.Scalar>(value.real, value.fake);
  };
  return [
    (real) => discriminator(real, other),
    (fake) => discriminator(other, fake),
    (fake) => loss.generator(fake, () => other),
  ];
}

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

  test('the theoretical generator objectives are the official ones, minimax among them', async () => {
    const fake = toTensor(tensors['outputs/logit_fake']);
    const theoretical = (divergence: (typeof divergenceNames)[number]) =>
      fDivergence({ divergence, generatorObjective: 'theoretical' });
    for (const [mode, loss] of [
      ['fgan_KL', theoretical('kl')],
      ['fgan_Reverse-KL', theoretical('reverseKl')],
      ['fgan_Pearson-X2', theoretical('pearson')],
      ['fgan_Squared-Hellinger', theoretical('squaredHellinger')],
      ['fgan_JS', theoretical('jensenShannon')],
      ['fgan_GAN', theoretical('gan')],
      ['fgan_GAN', minimax()],
    ] as const) {
      const expected = losses[mode]?.g_theoretical ?? Number.NaN;
      expect(await scalarValue(loss.generator(fake))).toBeCloseTo(expected, 5);
    }
  });
});

test.each(every)('the gradients of $name are its finite differences', async (loss) => {
  const logits = [-2.3, -0.4, 0.3, 1.9];
  const other = tf.tensor2d([0.7, -1.2, 0.1, 0.6], [4, 1]);
  for (const compute of functionsOf(loss, other)) {
    const at = (values: number[]) => scalarValue(compute(tf.tensor2d(values, [4, 1])));
    const gradient = await tf
      .grad(compute)(tf.tensor2d(logits, [4, 1]))
      .data();
    for (const [i, value] of gradient.entries()) {
      const moved = (by: number) => logits.map((logit, j) => (j === i ? logit + by : logit));
      const difference = ((await at(moved(0.01))) - (await at(moved(-0.01)))) / 0.02;
      expect(value).toBeCloseTo(difference, 3);
    }
  }
});

test.each(every)('$name and its gradients are finite at logits of a hundred', async (loss) => {
  for (const [first, second] of [
    [100, 100],
    [100, -100],
    [-100, 100],
    [-100, -100],
  ] as const) {
    const other = tf.fill([4, 1], second);
    for (const compute of functionsOf(loss, other)) {
      const logits = tf.fill([4, 1], first);
      const gradient = await tf.grad(compute)(logits).data();
      expect(await scalarValue(compute(logits))).toSatisfy(Number.isFinite);
      // Adam keeps their squares.
      for (const value of gradient) expect(Math.fround(value ** 2)).toSatisfy(Number.isFinite);
    }
  }
});

test('the exponentials of the f-divergences are exact up to 30, and tangents above', async () => {
  const conjugate = fDivergence({ divergence: 'squaredHellinger' });
  const slope = tf.grad((fake: tf.Tensor) => conjugate.discriminator(fake, fake).fake);
  for (const logit of [-3, 0.5, 12, 30, 31, 100]) {
    const exact = logit <= 30 ? Math.exp(logit) : Math.exp(30) * (1 + logit - 30);
    const value = await scalarValue(conjugate.discriminator(tf.scalar(0), tf.scalar(logit)).fake);
    expect(Math.abs(value - (exact - 1))).toBeLessThan(1e-6 * Math.max(1, exact));
    const rise = Math.exp(Math.min(30, logit));
    expect(Math.abs((await scalarValue(slope(tf.scalar(logit)))) - rise)).toBeLessThan(1e-6 * rise);
  }
});

test('minimax barely moves a generator whose fakes are seen through, non-saturating does', async () => {
  const slope = ({ generator }: SeparableLoss) => scalarValue(tf.grad(generator)(tf.tensor2d([[-10]])));
  expect(await slope(minimax())).toBeCloseTo(-1 / (1 + Math.exp(10)), 9);
  expect(await slope(nonSaturating())).toBeCloseTo(-1 / (1 + Math.exp(-10)), 6);
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
