import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderTable } from './render-table';
import type { BackendResult } from './results';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = new URL('results/', import.meta.url);
const readme = new URL('../../packages/backends/README.md', import.meta.url);
const resultFiles = () => readdirSync(folder).filter((file) => file.endsWith('.json'));

// `--merge` runs nothing and takes the results that are there.

/** Runs the suite of backends with a configuration of vitest's; one file at a time, for the sake of its times. */
function runSuite(config: string): boolean {
  const args = ['vitest', 'run', '--config', config, '--no-file-parallelism', 'tests/backends/'];
  const env = { ...process.env, BACKENDS_TABLE: '1' };
  return spawnSync('npx', args, { cwd: root, stdio: 'inherit', env }).status === 0;
}

/** Runs the whole suite, in Node and in Chromium; false when a test failed. */
function runSuites(): boolean {
  for (const file of resultFiles()) rmSync(new URL(file, folder));
  const passed = ['vitest.config.ts', 'vitest.browser.config.ts'].map(runSuite);
  return !passed.includes(false);
}

const passed = process.argv.includes('--merge') || runSuites();
const results = resultFiles().map(
  (file): BackendResult => JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
);
const [before, after] = readFileSync(readme, 'utf8').split(
  /(?<=<!-- backends:begin -->\n)[\s\S]*(?=<!-- backends:end -->)/,
);
if (before === undefined || after === undefined) {
  throw new Error('packages/backends/README.md has no place for the table');
}
writeFileSync(readme, `${before}${renderTable(results)}\n${after}`);
if (!passed) {
  console.error('Not all tests passed: the table says of which backends.');
  process.exitCode = 1;
}
