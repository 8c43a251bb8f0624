import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

it('runs as the README begins', async () => {
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  const start = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  // Inside the package, where its dependencies are found.
  const folder = await mkdtemp(join(packageFolder, '.readme-'));
  try {
    const file = join(folder, 'start.mts');
    await writeFile(file, start);
    const tsx = fileURLToPath(import.meta.resolve('tsx/cli'));
    const tsconfig = join(packageFolder, '../../tsconfig.json');
    const { stdout } = await promisify(execFile)(process.execPath, [tsx, '--tsconfig', tsconfig, file]);
    expect(stdout).toContain('[ 16, 32, 32, 3 ]');
    expect(stdout).toMatch(/headTurn: -?\d/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
