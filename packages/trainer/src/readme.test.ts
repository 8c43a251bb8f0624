import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as browser from './browser';
import * as trainer from './index';
import * as node from './node';

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

test('what the tables name is exported, and the root’s functions are all named', () => {
  const named = [...readme.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name);
  const functionsOf = (module: object) =>
    Object.entries(module)
      .filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name))
      .map(([name]) => name);
  expect(functionsOf({ ...trainer, ...node, ...browser })).toEqual(expect.arrayContaining(named));
  expect(named).toEqual(expect.arrayContaining(functionsOf(trainer)));
});
