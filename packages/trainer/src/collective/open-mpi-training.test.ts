import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSafetensors } from '@eigengan/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeMpi, mpirun } from '../testing/mpirun';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function floatsOf(name: string): Promise<number[]> {
  const { tensors } = decodeSafetensors(await readFile(join(folder, name)));
  return Object.values(tensors).flatMap(({ data }) => Array.from(data as Float32Array));
}

/** What each process says of a run. */
async function train(processes: number) {
  const { lines, errors } = await mpirun(processes, './mpi-training-worker.ts', folder, 'train');
  if (lines.length !== processes) throw new Error(errors);
  return lines.map((line) => JSON.parse(line));
}

describeMpi('training in processes of Open MPI', () => {
  it('is training in one, a resume included', async () => {
    const [alone, together] = await Promise.all([train(1), train(2)]);
    const [one] = alone;
    const [first, second] = together.sort((a, b) => a.rank - b.rank);
    expect(second).toEqual({ ...first, rank: 1 });
    expect(first.images).toBe(36);
    one.d_loss.forEach((loss: number, i: number) => {
      expect(first.d_loss[i]).toBeCloseTo(loss, 5);
    });
    const [whole, parts] = [await floatsOf('end-1.safetensors'), await floatsOf('end-2.safetensors')];
    const length = Math.hypot(...whole);
    expect(Math.hypot(...whole.map((value, i) => value - parts[i]!)) / length).toBeLessThan(1e-6);
  });

  it('ends when a process is killed, with the checkpoint whole', async () => {
    const { code, errors } = await mpirun(2, './mpi-training-worker.ts', folder, 'die');
    expect(code).not.toBe(0);
    expect(errors).toMatch(/rank 1 .*signal 9/);
    const files = await readdir(folder);
    expect(files).toContain('checkpoint-2.safetensors');
    const { metadata } = decodeSafetensors(await readFile(join(folder, 'checkpoint-2.safetensors')));
    expect(JSON.parse(metadata['eigengan-checkpoint'] ?? '').step).toBe(4);
  });
});
