import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright';
import { watchPage } from './watch-page';

/** Milliseconds that a page may take for what a person waits for; a loaded machine is slow. */
const patience = 240_000;

export interface PageRun {
  readonly backend: 'wasm' | 'webgl' | 'webgpu';
  readonly threads: number;
  readonly steps: number;
}

export async function openTrainingPage(browser: Browser, url: string) {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  const problems = watchPage(page);
  await page.addInitScript(watchLongTasks);
  await page.goto(url);
  // The last thing that the page's script does before it waits for somebody.
  await page.getByRole('radio', { name: /^auto/ }).waitFor();
  return { page, problems };
}

/** Trains, pauses, goes on and stops as a person would, and returns what the page says is running. */
export async function trainInPage(
  page: Page,
  problems: readonly string[],
  { backend, threads, steps }: PageRun,
): Promise<string> {
  await page.getByRole('radio', { name: new RegExp(`^${backend} `) }).check();
  if (threads > 1) await page.getByLabel('Threads').fill(String(threads));
  await page.getByLabel('Picture size').selectOption('16 px');
  await page.getByLabel('Batch').fill('4');
  await page.getByRole('button', { name: 'Start' }).click();

  await reachStep(page, 2);
  await page.waitForFunction(() => document.querySelectorAll('#dimensions canvas').length === 6);
  const before = await pixelsOf(page, '#samples');
  assert.ok(new Set(before).size > 20, 'the samples must vary');
  const curvesBefore = await pixelsOf(page, '#losses');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText(/^Paused after step/).waitFor();
  const paused = await stepOf(page);
  await page.waitForTimeout(500);
  assert.equal(await stepOf(page), paused, 'a paused run must make no step');
  await page.getByRole('button', { name: 'Resume' }).click();
  await reachStep(page, paused + steps);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText(/^Stopped after step/).waitFor();

  for (const id of ['d-loss', 'g-loss', 'pace']) {
    assert.ok(Number.isFinite(Number(await page.locator(`#${id}`).textContent())), `${id} must be a number`);
  }
  assert.notDeepEqual(await pixelsOf(page, '#samples'), before, 'the samples must change');
  assert.notDeepEqual(await pixelsOf(page, '#losses'), curvesBefore, 'the curves must grow');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Checkpoint/ }).click();
  assert.match((await download).suggestedFilename(), /^checkpoint-\d+\.safetensors$/);

  const report = (await page.locator('#running').textContent()) ?? '';
  assert.match(report, new RegExp(`Backend\\s*${backend} `));
  assert.match(report, new RegExp(`Threads\\s*${threads}(?!\\d)`));
  assert.match(report, /Precision\s*float32/);
  assert.match(report, /Self-test\s*passed/);
  assert.equal(await page.locator('#problem').isHidden(), true);
  assert.deepEqual(problems, []);
  return `${backend}${threads > 1 ? ` with ${threads} threads` : ''}`;
}

/** Waits for a step; an error on the page ends the wait, and is the test's. */
export async function reachStep(page: Page, step: number): Promise<void> {
  const text = await page.waitForFunction(
    (wanted) => {
      const problem = document.getElementById('problem');
      if (problem !== null && !problem.hidden) return problem.textContent;
      return Number(document.getElementById('step')?.textContent) >= wanted ? 'reached' : undefined;
    },
    step,
    { polling: 200 },
  );
  assert.equal(await text.jsonValue(), 'reached');
}

/** Has the page note each stretch of more than 50 ms in which it could not answer. */
function watchLongTasks(): void {
  const durations: number[] = [];
  Object.assign(globalThis, { longTasks: durations });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) durations.push(duration);
  }).observe({ type: 'longtask', buffered: true });
}

/** The page's long tasks since it was loaded, in words. */
export function longTasks(page: Page): Promise<string> {
  return page.evaluate(() => {
    const durations: number[] = Reflect.get(globalThis, 'longTasks');
    return durations.length === 0
      ? 'no task over 50 ms'
      : `${durations.length} tasks over 50 ms, the longest ${Math.max(...durations).toFixed(0)} ms`;
  });
}

export async function stepOf(page: Page): Promise<number> {
  return Number(await page.locator('#step').textContent());
}

export function pixelsOf(page: Page, canvas: string): Promise<number[]> {
  return page.locator(canvas).evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('must be a canvas');
    const { width, height } = element;
    return [...(element.getContext('2d')?.getImageData(0, 0, width, height).data ?? [])];
  });
}
