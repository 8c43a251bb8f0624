import '@tensorflow/tfjs-backend-cpu';
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { StepLog, TrainerCallback } from '@eigengan/trainer';
import { tensorBoard } from '@eigengan/trainer/node';
import { encodePng } from '@eigengan/viz';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denseGan } from './dense-gan';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const python = here('.venv/bin/python');
const absent = existsSync(python) ? undefined : 'run tests/logs/install.sh';
if (absent !== undefined && process.env.REQUIRE_LOG_READERS !== undefined) {
  throw new Error(`REQUIRE_LOG_READERS: TensorBoard must be here, but is not: ${absent}`);
}

/** What TensorBoard should find of a run that went to step 8, and from step 3 once more to step 5. */
interface Written {
  /** [step, value] of `d_loss`. */
  readonly losses: readonly number[][];
  /** The picture of steps 2 and 4. */
  readonly png: Uint8Array;
  /** Step -> the subspace's importance. */
  readonly importances: ReadonlyMap<number, number[]>;
}

async function writeRun(folder: string): Promise<Written> {
  const { trainer, batches, importance } = denseGan();
  const png = await encodePng({ width: 5, height: 3, data: new Uint8Array(60).map((_, i) => 4 * i) });
  const losses = new Map<number, number>();
  const importances = new Map<number, number[]>();
  const remember = {
    onBatchEnd: async (step: number, log: StepLog) => {
      losses.set(step + 1, Math.fround(log.d_loss ?? Number.NaN));
      importances.set(step + 1, [...(await importance().data())]);
    },
  };
  const train = (steps: number, callback: TrainerCallback) =>
    trainer.fit(batches, { steps, callbacks: [callback, remember] });
  const board = () =>
    tensorBoard({ folder, images: { every: 2, of: () => ({ samples: png }) }, histograms: { every: 2 } });

  const first = board();
  await train(3, first);
  const checkpoint = await trainer.checkpoint();
  await train(8, first);
  await trainer.restore(checkpoint);
  // Other data than before: the steps that are done again can be told from those that were.
  await train(5, board());
  const kept = [1, 2, 3, 4, 5].map((step) => [step, losses.get(step) ?? Number.NaN]);
  return { png, importances, losses: kept };
}

/** Where a TensorBoard that was just started serves, once it says so. */
function addressOf(server: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    server.stderr.on('data', (chunk) => {
      printed += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
      if (address !== undefined) resolve(address);
    });
    server.on('error', reject);
    server.on('close', () => reject(new Error(printed)));
  });
}

const name = absent === undefined ? 'TensorBoard' : `TensorBoard (skipped: ${absent})`;
describe.skipIf(absent !== undefined)(name, () => {
  let folder = '';
  let written: Written;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
    written = await writeRun(join(folder, 'run'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads scalars, pictures and histograms as they were written, without those of steps that were done again', async () => {
    const { stdout } = await promisify(execFile)(python, [here('read-events.py'), join(folder, 'run')]);
    const { scalars, images, histograms } = JSON.parse(stdout);
    expect(scalars.d_loss).toEqual(written.losses);
    const base64 = Buffer.from(written.png).toString('base64');
    expect(images).toEqual({
      samples: [
        [2, 5, 3, base64],
        [4, 5, 3, base64],
      ],
    });
    expect(Object.keys(histograms)).toEqual(['subspace/importance']);
    for (const [step, histogram] of histograms['subspace/importance']) {
      const values = written.importances.get(step) ?? [];
      const sum = (power: number) => values.reduce((total, value) => total + value ** power, 0);
      expect(histogram.num).toBe(3);
      expect([histogram.min, histogram.max]).toEqual([Math.min(...values), Math.max(...values)]);
      expect(histogram.sum).toBeCloseTo(sum(1), 9);
      expect(histogram.sum_squares).toBeCloseTo(sum(2), 9);
      const { bucket, bucket_limit: limits }: { bucket: number[]; bucket_limit: number[] } = histogram;
      bucket.forEach((count, i) => {
        const inside = values.filter(
          (value) => value >= (limits[i - 1] ?? -Infinity) && value < (limits[i] ?? 0),
        );
        expect(count).toBe(inside.length);
      });
    }
    expect(histograms['subspace/importance'].map(([step]: [number]) => step)).toEqual([2, 4]);
  });

  it('shows them on its page', async () => {
    const options = ['--logdir', folder, '--port', '0', '--host', '127.0.0.1'];
    const server = spawn(python, ['-m', 'tensorboard.main', ...options]);
    try {
      const page = await addressOf(server);
      const get = async (path: string) => (await fetch(`${page}/data/plugin/${path}`)).json();
      const curve = async () =>
        (await get('scalars/scalars?run=run&tag=d_loss')).map(([, ...point]: number[]) => point);
      // It answers before it has read.
      await expect.poll(async () => 'run' in (await get('scalars/tags')), { timeout: 60_000 }).toBe(true);
      await expect.poll(curve, { timeout: 60_000 }).toEqual(written.losses);
      const [first, second] = await get('images/images?run=run&tag=samples&sample=0');
      expect([first.step, second.step]).toEqual([2, 4]);
      const image = await fetch(`${page}/data/plugin/images/individualImage?${first.query}`);
      expect(new Uint8Array(await image.arrayBuffer())).toEqual(Uint8Array.from(written.png));
    } finally {
      server.kill();
    }
  });
});
