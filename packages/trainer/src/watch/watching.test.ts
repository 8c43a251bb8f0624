import '@tensorflow/tfjs-backend-cpu';
import type { Loader } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import {
  collapse,
  deadDimensions,
  nonSaturating,
  saturated,
  smallDataSet,
  stuck,
  type TrainingEvent,
  type Watcher,
} from '../index';
import { lose, registerLosableBackend } from '../testing/losable-backend';
import { tinyLoader, tinyTrainer } from '../testing/tiny-gan';

beforeAll(async () => {
  registerLosableBackend();
  await tf.setBackend('cpu');
});

/** Every watcher, often. */
const all = (): Watcher[] => [
  stuck({ every: 3 }),
  saturated({ every: 5 }),
  smallDataSet({ every: 4 }),
  collapse({ every: 3, samples: 8 }),
  deadDimensions({ every: 2, samples: 2 }),
];

/** A watcher that finds at its n-th look what is listed n-th. */
function scripted(script: readonly (readonly string[] | null)[], stop = false): Watcher {
  return {
    kind: 'scripted',
    every: 2,
    stop,
    begin: () => {
      let looks = 0;
      return {
        look: () => {
          const about = script[looks++];
          return about == null ? null : { message: 'it is so', hint: 'Do this', about, numbers: { looks } };
        },
      };
    },
  };
}

test('an event comes once when something begins, again after it was well, and when more is affected', async () => {
  const script = [null, [], [], null, ['a'], ['a', 'b'], ['b'], ['b', 'a']];
  const { events } = await tinyTrainer().fit(tinyLoader(), { steps: 16, watch: [scripted(script)] });
  expect(events).toEqual(
    [
      { step: 4, about: [], looks: 2 },
      { step: 10, about: ['a'], looks: 5 },
      { step: 12, about: ['a', 'b'], looks: 6 },
      { step: 16, about: ['b', 'a'], looks: 8 },
    ].map(({ step, about, looks }) => ({
      kind: 'scripted',
      step,
      message: `step ${step}: it is so. Do this`,
      hint: 'Do this',
      about,
      numbers: { looks },
    })),
  );
});

test('stop ends fit in order: callbacks, event, checkpoint, end', async () => {
  const calls: string[] = [];
  const { step, events } = await tinyTrainer().fit(tinyLoader(), {
    steps: 100,
    watch: [scripted([null, ['a']], true)],
    callbacks: {
      onEvent: async ({ kind, step: at }) => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        calls.push(`${kind} ${at}`);
      },
      onBatchEnd: (batch) => void calls.push(`batch ${batch}`),
      onTrainEnd: () => void calls.push('end'),
    },
    checkpoint: { every: 100, save: (_, at) => void calls.push(`saved ${at}`) },
  });
  expect(step).toEqual([1, 2, 3, 4]);
  expect(events).toHaveLength(1);
  expect(calls).toEqual(['batch 0', 'batch 1', 'batch 2', 'batch 3', 'scripted 4', 'saved 4', 'end']);
});

test('a watched run is the same run, bit for bit', async () => {
  const bytesWith = async (watch: readonly Watcher[]) => {
    const trainer = tinyTrainer();
    await trainer.fit(tinyLoader(), { steps: 13, watch });
    return trainer.checkpoint();
  };
  expect(await bytesWith(all())).toEqual(await bytesWith([]));
});

test('watching leaves no tensor, also when a watcher or who listens throws', async () => {
  const trainer = tinyTrainer();
  await trainer.fit(tinyLoader(), { steps: 1 });
  const before = tf.memory().numTensors;
  await trainer.fit(tinyLoader(), { steps: 31, watch: all() });
  expect(tf.memory().numTensors).toBe(before);
  const failing = (what: 'begin' | 'look'): Watcher => ({
    ...scripted([]),
    begin: () => {
      if (what === 'begin') throw new Error('it cannot begin');
      return {
        look: () => {
          throw new Error('it cannot look');
        },
      };
    },
  });
  const run = (watcher: Watcher, onEvent = () => {}) =>
    trainer.fit(tinyLoader(), { steps: 60, watch: [...all(), watcher], callbacks: { onEvent } });
  await expect(run(failing('begin'))).rejects.toThrow('it cannot begin');
  await expect(run(failing('look'))).rejects.toThrow('it cannot look');
  const deaf = () => {
    throw new Error('nobody listens');
  };
  await expect(run(scripted([['a']]), deaf)).rejects.toThrow('nobody listens');
  expect(tf.memory().numTensors).toBe(before);
});

test('a loss that is not finite is an event before it is an error', async () => {
  const trainer = tinyTrainer({
    loss: {
      ...nonSaturating(),
      generator: (fake) =>
        tf.mul<tf.Scalar>(nonSaturating().generator(fake), trainer.stepCount > 1 ? NaN : 1),
    },
  });
  const events: TrainingEvent[] = [];
  const running = trainer.fit(tinyLoader(), {
    steps: 9,
    callbacks: { onEvent: (event) => void events.push(event) },
  });
  await expect(running).rejects.toThrow('Trainer: step 3: every loss must be finite, got g_loss NaN');
  expect(events).toEqual([
    {
      kind: 'non-finite',
      step: 3,
      message:
        'step 3: every loss must be finite, got g_loss NaN. ' +
        'Restore the last checkpoint with a lower learning rate or a stronger penalty',
      hint: 'Restore the last checkpoint with a lower learning rate or a stronger penalty',
      about: ['g_loss'],
      numbers: { g_loss: Number.NaN },
    },
  ]);
});

test('so is a weight that is not finite when a checkpoint is taken', async () => {
  const trainer = tinyTrainer();
  const events: TrainingEvent[] = [];
  const running = trainer.fit(tinyLoader(), {
    steps: 1,
    callbacks: {
      onEvent: (event) => void events.push(event),
      onBatchEnd: () => {
        const weight = trainer.generator.getLayer('stem').weights[1];
        weight?.write(tf.fill(weight.shape.map(Number), Number.NaN));
      },
    },
    checkpoint: { every: 1, save: () => {} },
  });
  await expect(running).rejects.toThrow('every value must be finite, got generator/stem/bias NaN');
  expect(events.map(({ kind, about }) => [kind, about])).toEqual([['non-finite', ['generator/stem/bias']]]);
});

test('no steps to do, and a loader that ends early, are events; a run to its end has none', async () => {
  const trainer = tinyTrainer();
  expect((await trainer.fit(tinyLoader(), { steps: 3 })).events).toEqual([]);
  const [nothing] = (await trainer.fit(tinyLoader(), { steps: 2 })).events;
  expect(nothing).toMatchObject({ kind: 'no-steps', step: 3, numbers: { done: 3, steps: 2 } });
  expect(nothing?.message).toBe(
    'step 3: nothing was left to do: 3 steps were done before, 2 were asked for in all. ' +
      'steps counts all steps of the trainer, those before included: ask for more',
  );
  const endless = tinyLoader();
  const taking = (count: number): Loader<tf.Tensor> => ({
    ...endless,
    async *[Symbol.asyncIterator]() {
      if (count === 0) return;
      let taken = 0;
      for await (const batch of endless) {
        yield batch;
        if (++taken === count) return;
      }
    },
  });
  const [ended] = (await trainer.fit(taking(2), { steps: 9 })).events;
  expect(ended).toMatchObject({ kind: 'loader-ended', step: 5, numbers: { done: 5, steps: 9 } });
  expect((await trainer.fit(taking(4), { steps: 9 })).events).toEqual([]);
  const kinds: string[] = [];
  const running = trainer.fit(taking(0), {
    steps: 12,
    callbacks: { onEvent: ({ kind }) => void kinds.push(kind) },
  });
  await expect(running).rejects.toThrow('the loader must have a batch, got none');
  expect(kinds).toEqual(['loader-ended']);
});

test('a device that is lost while a watcher looks ends fit, and is no event', async () => {
  await tf.setBackend('losable');
  try {
    const trainer = tinyTrainer();
    const kinds: string[] = [];
    const running = trainer.fit(tinyLoader(), {
      steps: 20,
      watch: [stuck({ every: 5 })],
      callbacks: {
        onEvent: ({ kind }) => void kinds.push(kind),
        onBatchEnd: (batch) => (batch === 4 ? lose('reads zeros') : undefined),
      },
    });
    await expect(running).rejects.toThrow('it has lost it');
    expect(kinds).toEqual([]);
  } finally {
    lose('not');
    await tf.setBackend('cpu');
  }
});

test('what is no list of watchers is refused', async () => {
  const fit = (options: object) => tinyTrainer().fit(tinyLoader(), { steps: 1, ...options });
  await expect(fit({ watch: stuck() })).rejects.toThrow('Trainer.fit: watch: must be an array of watchers');
  await expect(fit({ watch: [stuck] })).rejects.toThrow('Trainer.fit: watch: each must be a watcher');
  await expect(fit({ watch: [{ ...stuck(), every: 0.5 }] })).rejects.toThrow(
    'Trainer.fit: watch stuck: every: must be an integer of at least 1, got 0.5',
  );
});
