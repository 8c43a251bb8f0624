import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeSafetensors } from '@eigengan/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The example in a process of its own, on 16 px portraits. */
async function demo(...args: string[]): Promise<string> {
  const main = join(root, 'examples/train-node/src/main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main, ...args], {
    cwd: root,
  });
  return stdout;
}

const fresh = (out: string, { seed = 1, steps = 8, threads = 1 } = {}) => [
  ...['--size', '16', '--batch', '4', '--steps', String(steps), '--seed', String(seed)],
  ...['--threads', String(threads), '--out', join(folder, out)],
];
const checkpoint = (out: string) => readFile(join(folder, out, 'checkpoint.safetensors'));

describe('the demo in processes of its own', () => {
  it('makes the same run twice from one seed, bit for bit, on any number of threads, and another from another', async () => {
    await demo(...fresh('first'));
    await demo(...fresh('second', { threads: 2 }));
    await demo(...fresh('other', { seed: 2 }));
    expect((await checkpoint('second')).equals(await checkpoint('first'))).toBe(true);
    expect((await checkpoint('other')).equals(await checkpoint('first'))).toBe(false);
  });

  it('goes on in a new process as if it had never stopped, its log without gap or repeat', async () => {
    await demo('--resume', join(folder, 'first'), '--steps', '14', '--threads', '1');
    await demo(...fresh('whole', { steps: 14 }));
    const [resumed, whole] = [
      decodeSafetensors(await checkpoint('first')),
      decodeSafetensors(await checkpoint('whole')),
    ];
    expect(resumed.tensors).toEqual(whole.tensors);
    expect(resumed.metadata).toEqual(whole.metadata);
    const log = await readFile(join(folder, 'first', 'log.jsonl'), 'utf8');
    const steps = log
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).step);
    expect(steps).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
  });

  it('gives all layers different weights', async () => {
    const { tensors } = decodeSafetensors(await checkpoint('first'));
    // Biases are left out: two that are added in the same place have the same gradient, and start at 0 both.
    const drawn = Object.entries(tensors).filter(([name]) =>
      /^(generator|discriminator)\/.*(kernel|basis)$/.test(name),
    );
    const contents = drawn.map(([, { data }]) => Buffer.from(data.buffer).toString('base64'));
    expect(drawn.length).toBeGreaterThan(15);
    expect(new Set(contents).size).toBe(drawn.length);
  });
});
