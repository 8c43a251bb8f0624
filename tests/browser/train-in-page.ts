import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import sharp from 'sharp';
import type { OpenPage } from './blank-page';
import {
  dimensionsShown,
  type PageRun,
  pauseRun,
  pictureOf,
  reachStep,
  startSmallRun,
  stepOf,
  stopRun,
} from './training-page';

/** Trains until samples and eigen-dimensions show, stops, and holds the page to what it says is running. */
export async function trainInPage({ page, problems }: OpenPage, run: PageRun): Promise<void> {
  await startSmallRun(page, run);
  await dimensionsShown(page);
  await stopRun(page);
  await assertShown(page, run);
  assert.deepEqual(problems, []);
}

/** The same, and pauses and goes on in between; samples and curves must move with the run. */
export async function pauseInPage({ page, problems }: OpenPage, run: PageRun): Promise<void> {
  await startSmallRun(page, run);
  await dimensionsShown(page);
  const paused = await pauseRun(page);
  const [samples, curves] = [await pictureOf(page, '#samples'), await pictureOf(page, '#losses')];
  await page.waitForTimeout(300);
  assert.equal(await stepOf(page), paused, 'a paused run must make no step');
  await page.getByRole('button', { name: 'Resume' }).click();
  await reachStep(page, paused + 15);
  await stopRun(page);
  assert.notEqual(await pictureOf(page, '#samples'), samples, 'the samples must change');
  assert.notEqual(await pictureOf(page, '#losses'), curves, 'the curves must grow');
  await assertShown(page, run);
  assert.deepEqual(problems, []);
}

async function assertShown(page: Page, { backend, threads }: PageRun): Promise<void> {
  const [, png = ''] = (await pictureOf(page, '#samples')).split(',');
  const { channels } = await sharp(Buffer.from(png, 'base64')).stats();
  assert.ok(
    channels.slice(0, 3).every(({ stdev }) => stdev > 1),
    'the samples must vary',
  );
  for (const id of ['step', 'd-loss', 'g-loss']) {
    assert.ok(Number.isFinite(Number(await page.locator(`#${id}`).textContent())), `${id} must be a number`);
  }
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Checkpoint/ }).click();
  assert.equal((await download).suggestedFilename(), `checkpoint-${await stepOf(page)}.safetensors`);

  const report = (await page.locator('#running').textContent()) ?? '';
  assert.match(report, new RegExp(`Backend\\s*${backend} `));
  assert.match(report, new RegExp(`Threads\\s*${threads}(?!\\d)`));
  assert.match(report, /Precision\s*float32/);
  assert.match(report, /Self-test\s*passed/);
  assert.equal(await page.locator('#problem').isHidden(), true);
}
