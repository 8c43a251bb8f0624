// Run by browser.test.ts: saves one step after the other, and says each that is saved, until killed.
import { browserStore } from '@eigengan/trainer/browser';

addEventListener('message', async ({ data: { place, before } }) => {
  const store = browserStore(place);
  postMessage(before);
  for (let step = before + 1; ; step++) {
    await store.save(step, new Uint8Array(2_000_000).fill(step % 256));
    postMessage(step);
    for (const { step: old } of await store.list()) if (old < step) await store.remove(old);
  }
});
