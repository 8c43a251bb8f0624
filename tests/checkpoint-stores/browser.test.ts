import '@tensorflow/tfjs-backend-cpu';
import { seededStream } from '@eigengan/core';
import { browserStore } from '@eigengan/trainer/browser';
import { afterAll, describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { describeStore } from './describe-store';

const places = new Set<string>();
const open = (place: string) => {
  places.add(place);
  return browserStore(`tests-${place}`);
};
afterAll(() => {
  for (const place of places) indexedDB.deleteDatabase(`tests-${place}`);
});

describe('browserStore', () => {
  // First of all: for half a minute Chromium goes by the room that it found at the first write.
  it('says so when the browser gives no more room, and keeps what it has', async () => {
    const store = open('full');
    await setQuota(2_000_000);
    await store.save(1, new Uint8Array(100_000).fill(1));
    try {
      // Not compressible: the browser counts what it writes.
      const stream = seededStream(1, 'bytes');
      const large = new Uint8Array(6_000_000).map(() => stream.integer(256));
      const message =
        'browserStore: the browser must give room for 6000000 bytes more, but does not. What was saved';
      await expect(store.save(2, large)).rejects.toThrow(message);
      await expect(store.save(1, large)).rejects.toThrow(message);
    } finally {
      await setQuota();
    }
    expect(await store.list()).toEqual([{ step: 1, size: 100_000 }]);
    expect(new Set(await store.load(1))).toEqual(new Set([1]));
    await store.save(2, new Uint8Array(3));
    expect(await store.list()).toHaveLength(2);
  });

  it('has a whole one, at least as new as the last that was said to be saved, when a worker is killed in a save', async () => {
    const store = open('killed');
    const stream = seededStream(2, 'kills');
    let before = 0;
    for (let kill = 0; kill < 12; kill++) {
      const worker = new Worker(new URL('./saving-worker.ts', import.meta.url), { type: 'module' });
      let acknowledged = before;
      await new Promise<void>((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<number>) => {
          // One save in peace, so that there is progress on any machine; the kill meets a later one.
          if (data === before + 1) setTimeout(resolve, 60 * stream.uniform());
          acknowledged = data;
        };
        worker.postMessage({ place: 'tests-killed', before });
      });
      worker.terminate();
      const stored = await store.list();
      const newest = stored.at(-1)?.step ?? 0;
      expect(newest).toBeGreaterThanOrEqual(acknowledged);
      for (const { step, size } of stored) {
        const bytes = await store.load(step);
        expect([bytes.length, new Set(bytes)]).toEqual([size, new Set([step % 256])]);
      }
      before = newest;
    }
    expect(before).toBeGreaterThanOrEqual(12);
  });
});

describeStore('browserStore', open);

async function setQuota(quotaSize?: number): Promise<void> {
  await cdp().send('Storage.overrideQuotaForOrigin', {
    origin: location.origin,
    ...(quotaSize && { quotaSize }),
  });
}
