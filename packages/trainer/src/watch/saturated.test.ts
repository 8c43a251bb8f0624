import '@tensorflow/tfjs-backend-cpu';
import type { Loader } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { adam, hinge, nonSaturating, saturated } from '../index';
import { tinyLoader, tinyTrainer } from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** A discriminator that learns much faster than the generator. */
const unequal = () =>
  tinyTrainer({
    loss: hinge(),
    penalties: [],
    optimizers: { generator: adam({ learningRate: 1e-5 }), discriminator: adam({ learningRate: 5e-2 }) },
  });

/** White images, which nothing that has not been trained gives. */
const white: Loader<tf.Tensor> = {
  ...tinyLoader(),
  async *[Symbol.asyncIterator]() {
    for (;;) yield { images: tf.ones([4, 4, 4, 1]), index: Int32Array.of(0, 1, 2, 3) };
  },
};

test('a discriminator that wins without fail is told of, with the means of the window', async () => {
  const { events, history } = await unequal().fit(white, { steps: 80, watch: [saturated({ every: 20 })] });
  expect(events.map(({ kind }) => kind)).toEqual(['saturated']);
  const { step = 0, numbers } = events[0] ?? {};
  const window = (name: string) => history[name]?.slice(step - 20, step) ?? [];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value) / values.length;
  expect(numbers).toEqual({
    d_loss: expect.closeTo(mean(window('d_loss').map(Math.abs)), 10),
    g_loss: expect.closeTo(mean(window('g_loss')), 10),
  });
});

test('equals that train each other are left alone', async () => {
  const trainer = tinyTrainer({ loss: nonSaturating() });
  const { events } = await trainer.fit(tinyLoader(), {
    steps: 60,
    watch: [saturated({ every: 20 })],
  });
  expect(events).toEqual([]);
});

test('it needs a whole window, of this call of fit', async () => {
  const trainer = unequal();
  const watch = [saturated({ every: 20, below: 1e6 })];
  expect((await trainer.fit(tinyLoader(), { steps: 19, watch })).events).toEqual([]);
  const { events } = await trainer.fit(tinyLoader(), { steps: 60, watch });
  expect(events.map(({ step }) => step)).toEqual([40]);
});
