import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { examplesOf, runInFreshProcess } from './fresh-process';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the README', () => {
  it('shows code that trains', async () => {
    const [code = ''] = examplesOf(new URL('../README.md', import.meta.url));
    const short = code.replace('steps: 1000', 'steps: 2');
    expect(short).not.toBe(code);
    const printed = await runInFreshProcess(`${short}\nconsole.log('steps', trainer.stepCount);`);
    expect(printed).toContain('steps 2');
  });

  it.each([
    'README.md',
    'bench/README.md',
    'packages/backends/README.md',
    ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}/README.md`),
  ])('links from %s to files that exist', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '');
    for (const target of targets) expect(existsSync(join(root, dirname(file), target)), target).toBe(true);
  });

  it('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(scripts, name).toHaveProperty([name]);
  });
});
