import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import * as exported from './index';
import { runInFreshProcess } from './testing/fresh-process';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const snippets = [...readme.matchAll(/```js\n(.*?)```/gs)].map((match) => match[1] ?? '');

it('the README has a start and a generator', () => {
  expect(snippets).toHaveLength(2);
  expect(snippets[0]?.trim().split('\n').filter(Boolean)).toHaveLength(5);
});

for (const [i, snippet] of snippets.entries()) {
  it(`snippet ${i + 1} of the README prints what its comments say`, async () => {
    const promised = [...snippet.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map((match) => match[1]);
    const printed = (await runInFreshProcess(snippet)).split('\n').filter((line) => line.startsWith('['));
    expect(promised.length).toBeGreaterThan(0);
    expect(printed.map((line) => JSON.stringify(JSON.parse(line)))).toEqual(
      promised.map((line) => JSON.stringify(JSON.parse(line ?? ''))),
    );
  });
}

it('the README names every export', () => {
  for (const name of Object.keys(exported)) expect(readme).toContain(`\`${name}`);
});
