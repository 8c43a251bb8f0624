import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, createServer, preview } from 'vite';
import { root } from '../packed/pack-packages';
import { keepRun } from './keep-run';
import { launchChromium } from './launch-chromium';
import { openTrainingPage, trainInPage } from './training-page';

// Opens examples/browser from Vite's development server and from a build, and trains on each backend.
// Arguments name the backends to try, default all; --screenshots=FOLDER takes pictures too.
const folder = join(root, 'examples/browser');
const screenshots = /--screenshots=(\S+)/.exec(process.argv.join(' '))?.[1];
const onCpu = [
  { backend: 'wasm', threads: 1, steps: 15 },
  { backend: 'wasm', threads: 2, steps: 15 },
] as const;
// A program plays the graphics card here: as few steps as show a pace, or it takes minutes.
const onGpu = [
  { backend: 'webgl', threads: 1, steps: 2 },
  { backend: 'webgpu', threads: 1, steps: 2 },
] as const;

const dev = async () => {
  const server = await createServer({ root: folder, logLevel: 'warn' });
  await server.listen();
  return server;
};
const built = async () => {
  await build({ root: folder, logLevel: 'warn' });
  return preview({ root: folder, logLevel: 'warn' });
};

const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const browser = await launchChromium();
try {
  for (const [name, open, runs] of [
    ['vite dev', dev, onCpu.slice(1)],
    ['vite build', built, [...onCpu, ...onGpu]],
  ] as const) {
    const server = await open();
    const url = server.resolvedUrls?.local[0];
    if (url === undefined) throw new Error('Vite must say where it serves');
    for (const run of runs.filter(({ backend }) => named.length === 0 || named.includes(backend))) {
      const start = performance.now();
      const { page, problems } = await openTrainingPage(browser, url);
      const report = await trainInPage(page, problems, run);
      // What does not depend on the backend, once.
      if (name === 'vite build' && run === onCpu[0]) console.log(await keepRun(page, problems));
      await page.close();
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      console.log(`${name}: ${run.steps} steps on ${report}, ${seconds} s`);
    }
    await server.close();
  }
  if (screenshots !== undefined) {
    await mkdir(screenshots, { recursive: true });
    const { takeScreenshots } = await import('./take-screenshots');
    await takeScreenshots(browser, dev, screenshots);
  }
} finally {
  await browser.close();
}
