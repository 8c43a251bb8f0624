import { type BackendName, useBackend } from '@eigengan/backends';
import { readWeightsByRole } from '@eigengan/eigengan-model';
import { describe, expect, it } from 'vitest';
import { smallRun } from './small-run';

/** Ten steps on a backend: the losses of each, and the weights after them. */
async function tenSteps(backend: BackendName) {
  await useBackend(backend);
  const { trainer, batches, dispose } = smallRun();
  const { history } = await trainer.fit(batches, { steps: 10 });
  const weights = {
    ...(await readWeightsByRole(trainer.generator)),
    ...(await readWeightsByRole(trainer.discriminator)),
  };
  dispose();
  return { history, weights };
}

describe('wasm and cpu', () => {
  it('agree on the losses and weights of ten whole steps', async () => {
    const [cpu, wasm] = [await tenSteps('cpu'), await tenSteps('wasm')];
    for (const [name, values] of Object.entries(cpu.history)) {
      for (const [step, value] of values.entries()) {
        if (Number.isNaN(value)) continue;
        const other = wasm.history[name]?.[step] ?? Number.NaN;
        expect(Math.abs(other - value), `${name} at step ${step}`).toBeLessThan(
          1e-3 * Math.max(1, Math.abs(value)),
        );
      }
    }
    for (const [role, { data }] of Object.entries(cpu.weights)) {
      const other = wasm.weights[role]?.data ?? [];
      const error = Math.hypot(...data.map((value, i) => value - (other[i] ?? Number.NaN)));
      expect(error, role).toBeLessThan(5e-3 * Math.max(1, Math.hypot(...data)));
    }
  });
});
