import { readFile } from 'node:fs/promises';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);

test('the five lines of the README are these, and they run', async () => {
  const written: unknown[] = [];
  const writeFile = async (...file: unknown[]) => written.push(file);
  // README
  const tf = await import('@tensorflow/tfjs-core');
  const { encodePng, sampleGrid } = await import('@eigengan/viz');
  const images = tf.randomUniform([12, 32, 32, 3], -1, 1);
  const grid = await sampleGrid(images, { columns: 4, title: 'Samples' });
  await writeFile('samples.png', await encodePng(grid));
  // README
  const [, snippet = ''] = (await readFile(new URL('src/readme.test.ts', root), 'utf8')).split('// README\n');
  const lines = snippet
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());
  const readme = await readFile(new URL('README.md', root), 'utf8');
  for (const line of lines.filter((one) => !one.includes('await import'))) expect(readme).toContain(line);
  expect(written).toEqual([['samples.png', expect.any(Uint8Array)]]);
});
