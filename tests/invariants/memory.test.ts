import { useBackend } from '@eigengan/backends';
import { seededStream } from '@eigengan/core';
import {
  dimensionActivity,
  type eigenDimensions,
  sampleLatents,
  saveGenerator,
  traverse,
} from '@eigengan/eigengan-model';
import { encodePng, sampleGrid } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallRun } from '../backends/small-run';

beforeAll(async () => {
  await useBackend('wasm');
});

/** What a run does besides training: samples, a sheet's rows, a saved model. */
async function look(generator: Parameters<typeof eigenDimensions>[0]): Promise<void> {
  const images = tf.tidy(() => generator.predict(sampleLatents(generator, 4, seededStream(1, 'samples'))));
  if (!(images instanceof tf.Tensor)) throw new Error('one output');
  await encodePng(await sampleGrid(images));
  images.dispose();
  const [dimension] = await dimensionActivity(generator, { samples: 1 });
  if (dimension === undefined) throw new Error('no dimension');
  traverse(generator, dimension).dispose();
  await saveGenerator(
    generator,
    tf.io.withSaveHandler(async () => ({
      modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' },
    })),
  );
}

describe('two hundred steps with penalties, an average, samples and saves', () => {
  it('leave the number of tensors as it was after the first', async () => {
    const { trainer, batches, dispose } = smallRun();
    const before = tf.memory().numTensors;
    let afterFirst = 0;
    await trainer.fit(batches, {
      steps: 200,
      checkpoint: { every: 50, save: () => {} },
      callbacks: {
        onBatchEnd: async (step) => {
          if (step % 40 === 0) await look(trainer.emaGenerator);
          // Alive in a callback: the batch that is trained on, and what stuck() compares each network with.
          if (step === 0) afterFirst = tf.memory().numTensors;
          else expect(tf.memory().numTensors).toBe(afterFirst);
        },
      },
    });
    // The optimizers' moments came with the first step.
    expect(tf.memory().numTensors).toBe(afterFirst - 3);
    expect(afterFirst).toBeGreaterThan(before);
    dispose();
  });

  it('also when a callback throws, wherever it throws', async () => {
    const { trainer, batches, dispose } = smallRun();
    await trainer.fit(batches, { steps: 1 });
    const before = tf.memory().numTensors;
    for (const name of ['onTrainBegin', 'onBatchBegin', 'onBatchEnd', 'onTrainEnd'] as const) {
      const failing = {
        [name]: () => {
          throw new Error(`thrown in ${name}`);
        },
      };
      const fit = trainer.fit(batches, { steps: trainer.stepCount + 2, callbacks: failing });
      await expect(fit).rejects.toThrow(`thrown in ${name}`);
      expect(tf.memory().numTensors, name).toBe(before);
    }
    dispose();
  });

  it('and nothing is left when all is disposed of', async () => {
    const before = tf.memory().numTensors;
    const { trainer, batches, dispose } = smallRun();
    await trainer.fit(batches, { steps: 2 });
    dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
