import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { adam, clipped, linearDecay, sgd } from '../index';
import { tinyImages, tinyTrainer } from '../testing/tiny-gan';

test('the rate of a schedule is in the log when its network is updated; a constant rate is not', async () => {
  await tf.setBackend('cpu');
  const falling = adam({ learningRate: linearDecay({ initial: 4e-3, end: 4 }) });
  const trainer = tinyTrainer({
    generatorInterval: 2,
    optimizers: { generator: clipped(falling, { value: 1 }), discriminator: falling },
  });
  const rates = [];
  for (let i = 0; i < 4; i++) {
    const { d_learning_rate, g_learning_rate } = await trainer.step(tinyImages(4, i));
    rates.push([d_learning_rate, g_learning_rate]);
  }
  expect(rates).toEqual([
    [4e-3, undefined],
    [3e-3, 4e-3],
    [2e-3, undefined],
    [1e-3, 3e-3],
  ]);
  const constant = sgd({ learningRate: 1e-3 });
  const other = tinyTrainer({ optimizers: { generator: constant, discriminator: constant } });
  expect(Object.keys(await other.step(tinyImages(4))).join()).not.toContain('learning_rate');
  trainer.dispose();
  other.dispose();
});
