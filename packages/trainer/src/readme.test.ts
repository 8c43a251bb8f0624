import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as trainer from './index';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const root = fileURLToPath(new URL('../../..', import.meta.url));

test('the start runs and prints what it says', async () => {
  const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const printed = /It prints `(.*?)`/.exec(readme)?.[1] ?? 'nothing';
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', code],
    { cwd: root },
  );
  expect(stdout).toContain(printed);
});

test('what the tables name is exported, and the other way round', () => {
  const named = [...readme.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name);
  const functions = Object.entries(trainer)
    .filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name))
    .map(([name]) => name);
  expect([...new Set(named)].sort()).toEqual(functions.sort());
});
