import { type CheckpointStore, resumeFrom } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyLoader, tinyTrainer } from '../../packages/trainer/src/testing/tiny-gan';

const bytesOf = (length: number, value = 7) => new Uint8Array(length).fill(value);
const stepsIn = async (store: CheckpointStore) => (await store.list()).map(({ step }) => step);

/**
 * What every store does.
 *
 * @param open a handle on the place of this name, which is empty at first
 */
export function describeStore(kind: string, open: (place: string) => CheckpointStore): void {
  describe(kind, () => {
    beforeAll(() => tf.setBackend('cpu'));

    it('is empty before anything is saved', async () => {
      const store = open('empty');
      expect(await store.list()).toEqual([]);
      await store.remove(3);
      await expect(store.load(3)).rejects.toThrow(/step: must be one that is in .*empty \(none\), got 3/);
    });

    it('lists by step, with sizes, and gives back the bytes, also to another handle', async () => {
      const store = open('some');
      const whole = new Uint8Array(1000).map((_, i) => i);
      await store.save(1200, bytesOf(30));
      await store.save(200, whole.subarray(100, 700));
      await store.save(1_000_000_000, bytesOf(0));
      const other = open('some');
      expect(await other.list()).toEqual([
        { step: 200, size: 600 },
        { step: 1200, size: 30 },
        { step: 1_000_000_000, size: 0 },
      ]);
      expect([...(await other.load(200))]).toEqual([...whole.subarray(100, 700)]);
      expect([...(await other.load(1_000_000_000))]).toEqual([]);
      expect(await open('others').list()).toEqual([]);
      await expect(store.load(300)).rejects.toThrow('(200, 1200, 1000000000), got 300');
    });

    it('puts what is saved in the place of what that step had, and removes one step alone', async () => {
      const store = open('changed');
      for (const step of [1, 2, 3]) await store.save(step, bytesOf(10, step));
      await store.save(2, bytesOf(4, 9));
      await store.remove(1);
      expect(await store.list()).toEqual([
        { step: 2, size: 4 },
        { step: 3, size: 10 },
      ]);
      expect([...(await store.load(2))]).toEqual([9, 9, 9, 9]);
    });

    it('keeps each whole when several are saved at once, also of one step', async () => {
      const store = open('at-once');
      const steps = [5, 1, 5, 4, 2, 5, 3];
      await Promise.all(steps.map((step, i) => store.save(step, bytesOf(100_000 + i, i))));
      expect(await stepsIn(store)).toEqual([1, 2, 3, 4, 5]);
      for (const step of [1, 2, 3, 4, 5]) {
        const bytes = await store.load(step);
        const i = bytes.length - 100_000;
        expect([steps[i], new Set(bytes)]).toEqual([step, new Set([i])]);
      }
    });

    it('refuses what is no step', async () => {
      await expect(open('empty').save(1.5, bytesOf(1))).rejects.toThrow(
        'step: must be an integer of at least 0, got 1.5',
      );
    });

    it('keeps the last and the best of a run, which another trainer goes on with, bit for bit', async () => {
      const scores = [4, 1, 3, 2, 5];
      const keepBest = { metric: 'fid', mode: 'min', measure: () => scores.shift() ?? 9 } as const;
      const checkpoint = { every: 2, store: open('run'), keepLast: 2, keepBest };
      const [trainer, loader] = [tinyTrainer(), tinyLoader()];
      await trainer.fit(loader, { steps: 10, checkpoint });
      expect(await stepsIn(open('run'))).toEqual([4, 8, 10]);

      const [other, otherLoader] = [tinyTrainer(), tinyLoader()];
      expect(await resumeFrom(other, open('run'), otherLoader)).toMatchObject({
        checkpoint: { step: 10 },
        skipped: [],
      });
      await trainer.fit(loader, { steps: 13 });
      await other.fit(otherLoader, { steps: 13 });
      expect(await other.checkpoint()).toEqual(await trainer.checkpoint());
    });

    it('goes on from the one before a checkpoint that is damaged', async () => {
      const store = open('damaged');
      await tinyTrainer().fit(tinyLoader(), { steps: 3, checkpoint: { every: 1, store } });
      await store.save(3, (await store.load(3)).slice(0, -1));
      const resumed = await resumeFrom(tinyTrainer(), open('damaged'));
      expect(resumed).toMatchObject({ checkpoint: { step: 2 }, skipped: [{ step: 3 }] });
    });
  });
}
