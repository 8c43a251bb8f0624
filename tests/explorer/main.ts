import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { launchChromium } from '../browser/launch-chromium';
import { root } from '../packed/pack-packages';
import { openExplorer } from './explorer-page';
import { holdPhone } from './hold-phone';
import { assertLight } from './page-weight';
import { useExplorer } from './use-explorer';

// Builds examples/explorer and uses it in Chromium; --screenshots=FOLDER takes pictures too.
const folder = join(root, 'examples/explorer');
const screenshots = /--screenshots=(\S+)/.exec(process.argv.join(' '))?.[1];
/** Milliseconds from a slider's movement to the picture, the middle one of many. */
const quick = 50;

await build({ root: folder, logLevel: 'warn' });
const requests: string[] = [];
const server = await preview({
  root: folder,
  logLevel: 'warn',
  plugins: [
    {
      name: 'requests',
      configurePreviewServer({ middlewares }) {
        middlewares.use((request, _, next) => {
          requests.push(request.url ?? '');
          next();
        });
      },
    },
  ],
});
const url = server.resolvedUrls?.local[0];
if (url === undefined) throw new Error('Vite must say where it serves');
const browser = await launchChromium();
try {
  const start = performance.now();
  const first = await openExplorer(browser, url);
  console.log(`the first picture after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  await first.page.context().close();
  console.log(`page weight, gzip: ${await assertLight(join(folder, 'dist'), requests)}`);

  for (const [layer, times] of Object.entries(await useExplorer(browser, url))) {
    const ordered = [...times].sort((a, b) => a - b);
    const [median = Number.NaN, slow] = [0.5, 0.95].map((part) => ordered[Math.floor(part * ordered.length)]);
    console.log(
      `a slider of ${layer}: ${median.toFixed(1)} ms to the picture, 95 % within ${slow?.toFixed(1)}`,
    );
    assert.ok(median < quick, `a slider must take less than ${quick} ms`);
  }
  await holdPhone(browser, url);
  if (screenshots !== undefined) {
    await mkdir(screenshots, { recursive: true });
    const { takeScreenshots } = await import('./take-screenshots');
    await takeScreenshots(browser, url, screenshots);
  }
  console.log(`all of it in ${((performance.now() - start) / 1000).toFixed(0)} s`);
} finally {
  await browser.close();
  await server.close();
}
