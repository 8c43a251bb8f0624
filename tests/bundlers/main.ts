import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { launchChromium } from '../browser/launch-chromium';
import { watchPage } from '../browser/watch-page';
import { installPackages } from '../packed/install-packages';
import { packPackages, root } from '../packed/pack-packages';
import { type Server, viteBuild, viteDev, webpackBuild } from './servers';

// Packs the packages, installs them in an empty project with tfjs's wasm backend and no other, and opens the
// same page by Vite's dev server, by Vite's build and by webpack's: it must train on wasm by itself, and do
// what only pages do, by each of the packages' entries for them.
const serve: Readonly<Record<string, (project: string) => Promise<Server>>> = {
  'vite dev': viteDev,
  'vite build': viteBuild,
  'webpack build': webpackBuild,
};

async function trainOn(browser: Browser, url: string, threads: number): Promise<string> {
  const page = await browser.newPage();
  const problems = watchPage(page);
  await page.goto(`${url}?threads=${threads}`);
  const outcome = await (
    await page.waitForFunction(() => Reflect.get(globalThis, 'outcome'), null, { timeout: 60_000 })
  )
    .jsonValue()
    .catch((error: unknown) => assert.fail(`no outcome: ${error}\n${problems.join('\n')}`));
  assert.deepEqual(problems, []);
  assert.equal(outcome.error, undefined);
  const { report, losses } = outcome;
  assert.equal(report.backend, 'wasm');
  assert.equal(report.threads, threads);
  assert.equal(report.simd, true);
  assert.equal(report.selfTest.passed, true);
  assert.equal(losses.length, 2);
  assert.ok(losses.every(Number.isFinite));
  assert.deepEqual(outcome.checkpoints, [2]);
  assert.equal(outcome.red, 200);
  assert.deepEqual(outcome.starts, ['\x89PNG', 'RIFF']);
  assert.equal(outcome.mp4, 'MissingPackageError');
  assert.equal(outcome.explored, 200);
  await page.close();
  return `${report.threads} thread${threads === 1 ? '' : 's'}`;
}

const project = await mkdtemp(join(tmpdir(), 'eigengan-bundlers-'));
const browser = await launchChromium();
try {
  const tarballs = await packPackages(project);
  await installPackages(project, tarballs, ['tfjs-core', 'tfjs-layers', 'tfjs-backend-wasm']);
  await cp(join(root, 'tests/bundlers/page'), project, { recursive: true });
  for (const [name, open] of Object.entries(serve)) {
    const start = performance.now();
    const server = await open(project);
    const trained = [await trainOn(browser, server.url, 1), await trainOn(browser, server.url, 2)];
    await server.close();
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.log(`${name}: trained on wasm with ${trained.join(' and ')}, ${seconds} s`);
  }
} finally {
  await browser.close();
  await rm(project, { recursive: true, force: true });
}
