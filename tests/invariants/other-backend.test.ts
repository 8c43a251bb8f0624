import '@tensorflow/tfjs-backend-cpu';
import { type BackendName, useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { tinyLoader, tinyTrainer } from '../../packages/trainer/src/testing/tiny-gan';
import { variants } from '../backends/variants';
import { whyAbsent } from '../backends/why-absent';

/** Steps on each backend. */
const leg = 5;

/** The losses of one leg on a backend, from the start or a checkpoint on, and the checkpoint after it. */
async function train(backend: BackendName, bytes?: Uint8Array) {
  await useBackend(backend, { selfTest: false });
  const [trainer, batches] = [tinyTrainer(), tinyLoader()];
  if (bytes !== undefined) {
    const { loader } = await trainer.restore(bytes);
    // Not a bit is lost on the way from one backend to the other.
    expect(await trainer.checkpoint({ loader })).toEqual(bytes);
    if (loader !== undefined) batches.restore(loader);
  }
  const { history } = await trainer.fit(batches, { steps: trainer.stepCount + leg });
  expect(tf.getBackend()).toBe(backend);
  const after = await trainer.checkpoint({ loader: batches.state() });
  trainer.dispose();
  return { losses: [...(history.d_loss ?? []), ...(history.g_loss ?? [])], after };
}

async function trainAlong(route: readonly BackendName[]): Promise<number[]> {
  const losses: number[] = [];
  let bytes: Uint8Array | undefined;
  for (const backend of route) {
    const trained = await train(backend, bytes);
    bytes = trained.after;
    losses.push(...trained.losses);
  }
  return losses;
}

const absent = await whyAbsent('tensorflow', variants.tensorflow);
const stayed = await trainAlong(['cpu', 'cpu', 'cpu']);

describe('a checkpoint of one backend is gone on with on another', () => {
  async function expectSameLosses(...route: BackendName[]): Promise<void> {
    const losses = await trainAlong(route);
    expect(losses).toHaveLength(stayed.length);
    const differences = losses.map((loss, i) => Math.abs(loss - (stayed[i] ?? Number.NaN)));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    // They are other backends, which round otherwise.
    expect(Math.max(...differences)).toBeGreaterThan(0);
  }

  it('from cpu to wasm and back', () => expectSameLosses('cpu', 'wasm', 'cpu'));
  it('from wasm to cpu and back', () => expectSameLosses('wasm', 'cpu', 'wasm'));
  it.skipIf(absent !== undefined)(`from cpu to tensorflow (${absent ?? 'there'}) and on to wasm`, () =>
    expectSameLosses('cpu', 'tensorflow', 'wasm'),
  );
});
