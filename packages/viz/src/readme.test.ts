import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { examplesOf } from '../../../tests/fresh-process';
import * as browser from './browser';
import * as viz from './index';
import * as node from './node';

const readme = new URL('../README.md', import.meta.url);

test('every example of the README runs as it stands and writes what it says', async () => {
  // Inside the package, where its dependencies are found; in this process, which has loaded tfjs already.
  const folder = await mkdtemp(fileURLToPath(new URL('../.readme-', import.meta.url)));
  const home = process.cwd();
  process.chdir(folder);
  try {
    for (const [i, code] of examplesOf(readme).entries()) {
      const file = join(folder, `${i}.mjs`);
      await writeFile(file, code);
      await import(file);
      await rm(file);
    }
    const written = (await readdir(folder)).sort();
    expect(written).toEqual(['report.html', 'samples.png', 'sheet.png', 'walk.gif', 'walk.webp']);
    for (const name of written.filter((file) => file !== 'report.html')) {
      const { pages = 1 } = await sharp(join(folder, name), { animated: true }).metadata();
      expect(pages).toBe(name.startsWith('walk') ? 60 : 1);
    }
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('A grid of samples after step 250');
  } finally {
    process.chdir(home);
    await rm(folder, { recursive: true });
  }
});

test('the README names every function', async () => {
  const text = await readFile(readme, 'utf8');
  for (const name of Object.keys({ ...viz, ...node, ...browser })) expect(text).toContain(`\`${name}(`);
});
