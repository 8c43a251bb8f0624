import { type BackendName, useBackend } from '@eigengan/backends';
import { decodeSafetensors } from '@eigengan/core';
import type { TrainerCallback } from '@eigengan/trainer';
import { describe, expect, it } from 'vitest';
import { variants } from '../backends/variants';
import { whyAbsent } from '../backends/why-absent';
import { loseDevice } from './lose-device';
import { tinyRun } from './tiny-run';

interface Checkpoint {
  readonly step: number;
  readonly bytes: Uint8Array;
}

/** When the device goes, in a run that saves after every second step. */
const moments: Readonly<Record<string, TrainerCallback>> = {
  'in a step': { onBatchBegin: (step) => void (step === 4 && setTimeout(loseDevice, 0)) },
  'as a checkpoint is taken': { onBatchEnd: (step) => void (step === 3 && setTimeout(loseDevice, 0)) },
};

/** A program that plays the GPU compiles every kernel for a tenth of a second. */
const timeout = 600_000;

/** Trains, loses the device and goes on. Skipped, with the reason in the name, where there is no such backend. */
export async function describeDeviceLoss(name: 'webgl' | 'webgpu'): Promise<void> {
  const absent = await whyAbsent(name, variants[name]);
  describe.skipIf(absent !== undefined)(absent === undefined ? name : `${name} (${absent})`, () => {
    it.each(Object.entries(moments))(
      'a device that is lost %s stops training with its reason, and the last checkpoint is good',
      async (_, callbacks) => {
        const { lost, checkpoints, running, dispose } = await trainOn(name, 100, callbacks);
        await expect(running).rejects.toThrow(`useBackend: the device of ${name} must stay, but it was lost`);
        expect(lost.aborted).toBe(true);
        await expect(running).rejects.toBe(lost.reason);
        dispose();

        const last = checkpoints.at(-1);
        expect(last?.step).toBeGreaterThanOrEqual(2);
        // What a backend without a device has after as many steps.
        const sound = await trainOn('wasm', last?.step ?? 0);
        await sound.running;
        sound.dispose();
        expectSame(last, sound.checkpoints.at(-1));
        await expectGoesOn('wasm', last);

        const again = await useBackend(name);
        expect([again.selfTest?.passed, again.lost.aborted]).toEqual([true, false]);
      },
      timeout,
    );
  });
}

async function trainOn(name: BackendName, steps: number, callbacks?: TrainerCallback) {
  const { lost } = await useBackend(name, { selfTest: false });
  const { trainer, batches, dispose } = tinyRun();
  const checkpoints: Checkpoint[] = [];
  const running = trainer.fit(batches, {
    steps,
    signal: lost,
    callbacks,
    checkpoint: { every: 2, save: (bytes, step) => void checkpoints.push({ bytes, step }) },
  });
  return { lost, checkpoints, running, dispose };
}

function expectSame(actual: Checkpoint | undefined, expected: Checkpoint | undefined): void {
  expect(actual?.step).toBe(expected?.step);
  const saved = decodeSafetensors(actual?.bytes ?? new Uint8Array()).tensors;
  const wanted = decodeSafetensors(expected?.bytes ?? new Uint8Array()).tensors;
  expect(Object.keys(saved)).toEqual(Object.keys(wanted));
  for (const [role, { data }] of Object.entries(wanted)) {
    const difference = Math.hypot(...data.map((value, i) => value - (saved[role]?.data[i] ?? Number.NaN)));
    expect(difference, role).toBeLessThanOrEqual(5e-3 * Math.max(Math.hypot(...data), 1e-3));
  }
}

async function expectGoesOn(name: BackendName, checkpoint: Checkpoint | undefined): Promise<void> {
  await useBackend(name, { selfTest: false });
  const { trainer, batches, dispose } = tinyRun();
  const { loader } = await trainer.restore(checkpoint?.bytes ?? new Uint8Array());
  if (loader !== undefined) batches.restore(loader);
  const first = trainer.stepCount;
  expect(first).toBe(checkpoint?.step);
  const { step, history } = await trainer.fit(batches, { steps: first + 2 });
  expect(step).toEqual([first + 1, first + 2]);
  expect(history.d_loss?.every(Number.isFinite)).toBe(true);
  dispose();
}
