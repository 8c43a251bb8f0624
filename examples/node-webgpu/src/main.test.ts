import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { useBackend } from '@eigengan/backends';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

const absent = await useBackend('webgpu', { selfTest: false }).then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);

test.skipIf(absent !== undefined)(
  `it says what runs, trains, draws, and the process ends by itself${absent === undefined ? '' : ` (${absent})`}`,
  async () => {
    const out = await mkdtemp(join(tmpdir(), 'eigengan-'));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', main, '--steps', '2', '--width', '0.0625', '--batch', '2', '--out', out],
      { cwd: root, timeout: 580_000 },
    );
    expect(stdout).toMatch(/^webgpu [\d.]+ on .+\n32 bits, self-test passed/);
    expect(stdout).toMatch(/step 2: d_loss \d/);
    expect((await readdir(out)).sort()).toEqual(['checkpoint.safetensors', 'samples.png', 'traversal.png']);
    await rm(out, { recursive: true });
  },
  600_000,
);
