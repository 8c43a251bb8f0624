import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright';
import { createServer, preview } from 'vite';
import { root } from '../packed/pack-packages';
import type { OpenPage } from './blank-page';
import { holdPhone, phone } from './hold-phone';
import { keepRun } from './keep-run';
import { launchChromium } from './launch-chromium';
import { pauseInPage, trainInPage } from './train-in-page';
import { openTrainingPage, type PageRun } from './training-page';

// Opens examples/browser from Vite's development server and from its build, and trains on each backend.
// Arguments name the backends to try, default all; --screenshots=FOLDER takes pictures instead.
const folder = join(root, 'examples/browser');
const screenshots = /--screenshots=(\S+)/.exec(process.argv.join(' '))?.[1];
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const dev = await (await createServer({ root: folder, logLevel: 'warn' })).listen();
const built = await preview({ root: folder, logLevel: 'warn' });
const browser = await launchChromium();

/** Opens the page that a server serves, uses it and says how long that took. */
async function use(
  server: typeof dev | typeof built,
  run: PageRun,
  steps: (page: OpenPage, run: PageRun) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  if (named.length > 0 && !named.includes(run.backend)) return;
  const start = performance.now();
  const open = await openTrainingPage(browser, urlOf(server), options);
  await steps(open, run);
  await open.page.context().close();
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const threads = run.threads > 1 ? ` with ${run.threads} threads` : '';
  const served = server === dev ? 'vite dev' : 'vite build';
  console.log(`${served}: trained on ${run.backend}${threads}, ${seconds} s`);
}

function urlOf({ resolvedUrls }: typeof dev | typeof built): string {
  const url = resolvedUrls?.local[0];
  if (url === undefined) throw new Error('Vite must say where it serves');
  return url;
}

async function useOnCpu(): Promise<void> {
  const [backend, threads] = ['wasm', 2] as const;
  // What does not depend on the backend, once.
  await use(built, { backend, threads }, async (open, run) => {
    await pauseInPage(open, run);
    console.log(await keepRun(open));
  });
  await use(built, { backend, threads: 1 }, holdPhone, phone);
  await use(dev, { backend, threads }, trainInPage);
}

async function useOnGpu(): Promise<void> {
  for (const backend of ['webgl', 'webgpu'] as const) await use(built, { backend, threads: 1 }, trainInPage);
}

try {
  if (screenshots === undefined) {
    // A program plays the graphics card, which leaves time for the other pages.
    await Promise.all([useOnCpu(), useOnGpu()]);
  } else {
    await mkdir(screenshots, { recursive: true });
    const { takeScreenshots } = await import('./take-screenshots');
    await takeScreenshots(browser, urlOf(built), screenshots);
  }
} finally {
  await browser.close();
  await built.close();
  await dev.close();
}
