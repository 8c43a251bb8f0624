import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import * as trainer from './index';
import { tinyLoader, tinyTrainer } from './testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

/** As JavaScript has it, where no type refuses the name. */
function misspelt(options: object) {
  return JSON.parse(JSON.stringify({ ...options, eveery: 1 }));
}

describe('an option of an unknown name is refused, not ignored, by', () => {
  const rate = { learningRate: 1 };
  test.each<[string, () => unknown]>([
    ['Trainer', () => tinyTrainer(misspelt({}))],
    ['Trainer: ema', () => tinyTrainer({ ema: misspelt({ decay: 0.9 }) })],
    ['Trainer: microBatch', () => tinyTrainer({ microBatch: misspelt({ generator: 1 }) })],
    ['sgd', () => trainer.sgd(misspelt(rate))],
    ['adam', () => trainer.adam(misspelt(rate))],
    ['adamW', () => trainer.adamW(misspelt(rate))],
    ['adamax', () => trainer.adamax(misspelt(rate))],
    ['adagrad', () => trainer.adagrad(misspelt(rate))],
    ['adadelta', () => trainer.adadelta(misspelt(rate))],
    ['rmsprop', () => trainer.rmsprop(misspelt(rate))],
    ['clipped', () => trainer.clipped(trainer.adam(), misspelt({ value: 1 }))],
    ['decayed', () => trainer.decayed(trainer.adam(), misspelt({ kernels: 1 }))],
    ['zeroCentred', () => trainer.zeroCentred(misspelt({ at: 'real' }))],
    ['oneCentred', () => trainer.oneCentred(misspelt({ at: 'line' }))],
    ['lipschitz', () => trainer.lipschitz(misspelt({ at: 'fake' }))],
    ['r1', () => trainer.r1(misspelt({}))],
    ['r2', () => trainer.r2(misspelt({}))],
    ['diffAugment', () => trainer.diffAugment(misspelt({}))],
    ['adaptiveAugment', () => trainer.adaptiveAugment(misspelt({}))],
    ['stuck', () => trainer.stuck(misspelt({}))],
    ['saturated', () => trainer.saturated(misspelt({}))],
    ['collapse', () => trainer.collapse(misspelt({}))],
    ['dead-dimensions', () => trainer.deadDimensions(misspelt({}))],
    ['small-data-set', () => trainer.smallDataSet(misspelt({}))],
  ])('%s', (where, make) => {
    expect(make).toThrow(new RegExp(`^${where}: must have .*"eveery"`));
  });

  test('fit, and its checkpoint', async () => {
    const run = (options: object) => tinyTrainer().fit(tinyLoader(), misspelt(options));
    await expect(run({ steps: 1 })).rejects.toThrow(/^Trainer\.fit: must have .*"eveery"/);
    const fit = tinyTrainer().fit(tinyLoader(), {
      steps: 1,
      checkpoint: { ...misspelt({ every: 1 }), save: () => {} },
    });
    await expect(fit).rejects.toThrow(
      /^Trainer\.fit: checkpoint: must have .*"eveery". Did you mean "every"\?/,
    );
  });
});
