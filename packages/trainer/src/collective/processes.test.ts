import '@tensorflow/tfjs-backend-cpu';
import { decodeSafetensors } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Collective, oneCentred, sgd, type Trainer, type TrainerOptions, zeroCentred } from '../index';
import { localCollectives } from '../testing/local-collectives';
import {
  plainGenerator,
  tinyDiscriminator,
  tinyGenerator,
  tinyImages,
  tinyLoader,
  tinyTrainer,
} from '../testing/tiny-gan';

beforeAll(() => tf.setBackend('cpu'));

const batch = 7;

/** Of each rank other weights, until it meets the others. */
function create(collective: Collective | null, options: Partial<TrainerOptions> = {}): Trainer {
  const optimizer = sgd({ learningRate: 0.05, momentum: 0.5 });
  const rank = collective?.rank ?? 0;
  return tinyTrainer({
    generator: plainGenerator(5 + rank),
    discriminator: tinyDiscriminator(2 + rank),
    penalties: [
      zeroCentred({ at: 'real', weight: 1 }),
      oneCentred({ at: 'line', weight: 2, interval: 2 }),
      oneCentred({ at: 'real+fake', weight: 1 }),
    ],
    optimizers: { generator: optimizer, discriminator: optimizer },
    metrics: { one: () => tf.scalar(1) },
    collective,
    ...options,
  });
}

/** Steps of the trainers together, each on so many images of the batch. */
async function train(trainers: readonly Trainer[], lengths: readonly number[], steps = 3) {
  const logs = [];
  for (let step = 0; step < steps; step++) {
    const images = tinyImages(batch, step);
    const parts = tf.split(images, [...lengths]);
    logs.push(await Promise.all(trainers.map((trainer, rank) => trainer.step(parts[rank] ?? images))));
    tf.dispose([images, parts]);
  }
  return logs;
}

async function stateOf(trainer: Trainer): Promise<number[]> {
  const { tensors } = decodeSafetensors(await trainer.checkpoint());
  return Object.values(tensors).flatMap(({ data }) => Array.from(data as Float32Array));
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? Number.NaN)));
}

describe('processes with parts of a batch do what one does with all of it', () => {
  test.each<[string, number[], Partial<TrainerOptions>]>([
    ['two', [3, 4], {}],
    ['three, with micro-batches', [2, 2, 3], { microBatch: 2 }],
    [
      'with updates and latents of their own, G every other step',
      [5, 2],
      { penaltyUpdate: 'separate', generatorLatents: 'fresh', generatorInterval: 2 },
    ],
  ])('%s', async (_, lengths, options) => {
    const alone = create(null, options);
    const start = await stateOf(alone);
    const wholeLogs = await train([alone], [batch]);
    const whole = await stateOf(alone);
    const moved = distance(whole, start);
    expect(moved).toBeGreaterThan(0.1);

    const together = localCollectives(lengths.length).map((collective) => create(collective, options));
    const logs = await train(together, lengths);
    const [first, ...others] = await Promise.all(together.map((trainer) => trainer.checkpoint()));
    for (const bytes of others) expect(bytes).toEqual(first);
    expect(distance(await stateOf(together[0]!), whole) / moved).toBeLessThan(2e-6);
    for (const [step, [log = {}, ...same]] of logs.entries()) {
      for (const other of same) expect(other).toEqual(log);
      const wholeLog = wholeLogs[step]?.[0] ?? {};
      expect(Object.keys(log).sort()).toEqual(Object.keys(wholeLog).sort());
      for (const [name, value] of Object.entries(wholeLog)) expect(log[name], name).toBeCloseTo(value, 4);
    }
  });
});

test('all have the same batch statistics and moving average', async () => {
  const together = localCollectives(2).map((collective) =>
    create(collective, { generator: tinyGenerator(collective.rank) }),
  );
  await train(together, [3, 4]);
  const [first, second] = await Promise.all(together.map((trainer) => trainer.checkpoint()));
  expect(second).toEqual(first);
});

test('they leave no tensor behind', async () => {
  const together = localCollectives(2).map((collective) =>
    create(collective, { generator: tinyGenerator(), microBatch: 2 }),
  );
  await train(together, [3, 4], 1);
  const before = tf.memory().numTensors;
  await train(together, [3, 4]);
  expect(tf.memory().numTensors).toBe(before);
});

test('what rank 0 restores, all go on from', async () => {
  const alone = create(null);
  await train([alone], [batch], 2);
  const together = localCollectives(2).map((collective) => create(collective));
  await train(together, [3, 4], 1);
  await together[0]?.restore(await alone.checkpoint());
  const [logs] = await train(together, [3, 4], 1);
  expect(logs?.map(({ step, images }) => [step, images])).toEqual([
    [3, 3 * batch],
    [3, 3 * batch],
  ]);
  const [first, second] = await Promise.all(together.map((trainer) => trainer.checkpoint()));
  expect(second).toEqual(first);
});

test('a process with other options is refused, with what differs', async () => {
  const [first, second] = localCollectives(2).map((collective) =>
    create(collective, { seed: 3 + collective.rank }),
  );
  first?.step(tinyImages(3)).catch(() => {});
  await expect(second?.step(tinyImages(3))).rejects.toThrow('seed was 3, is 4');
});

describe('fit', () => {
  async function fitTogether(
    ...options: {
      batches?: number;
      signal?: AbortSignal;
      callbacks?: { onBatchEnd: (step: number) => void };
    }[]
  ) {
    const saved: [number, number][] = [];
    const together = localCollectives(2).map((collective) => create(collective));
    const before = tf.memory().numTensors;
    await Promise.all(
      together.map((trainer, rank) => {
        const { batches = Infinity, ...fitOptions } = options[rank] ?? {};
        const loader = tinyLoader(2);
        return trainer.fit(
          {
            ...loader,
            async *[Symbol.asyncIterator]() {
              let count = 0;
              for await (const next of loader) {
                yield next;
                if (++count >= batches) return;
              }
            },
          },
          {
            steps: 6,
            checkpoint: { every: 2, save: (_, step) => void saved.push([rank, step]) },
            ...fitOptions,
          },
        );
      }),
    );
    return {
      saved,
      steps: together.map(({ stepCount }) => stepCount),
      kept: tf.memory().numTensors - before,
    };
  }

  test('lets rank 0 alone save', async () => {
    expect(await fitTogether()).toMatchObject({
      steps: [6, 6],
      saved: [
        [0, 2],
        [0, 4],
        [0, 6],
      ],
    });
  });

  test.each([0, 1])('ends in all when the loader of rank %i does', async (rank) => {
    const all = [{ batches: 9 }, { batches: 9 }];
    all[rank] = { batches: 3 };
    const { steps, kept } = await fitTogether(...all);
    expect(steps).toEqual([3, 3]);
    expect(kept).toBe(0);
  });

  test('ends in all when one is told to stop', async () => {
    const controller = new AbortController();
    const callbacks = { onBatchEnd: (step: number) => step === 1 && controller.abort() };
    const { steps, saved } = await fitTogether({}, { signal: controller.signal, callbacks });
    expect(steps).toEqual([2, 2]);
    expect(saved).toEqual([[0, 2]]);
  });
});
