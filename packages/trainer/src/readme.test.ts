import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { examplesOf, runInFreshProcess } from '../../../tests/fresh-process';
import * as browser from './browser';
import * as trainer from './index';
import * as node from './node';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the start runs and prints what it says', async () => {
  const [code = ''] = examplesOf(new URL('../README.md', import.meta.url));
  const printed = /It prints `(.*?)`/.exec(readme)?.[1] ?? 'nothing';
  expect(await runInFreshProcess(code)).toContain(printed);
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
