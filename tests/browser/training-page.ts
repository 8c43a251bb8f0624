import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { blankPage, type OpenPage } from './blank-page';

/** Milliseconds that a page may take for what a person waits for; a loaded machine is slow. */
const patience = 480_000;

/** Opens the page as somebody does who never was there; with the page, its context is to be closed. */
export async function openTrainingPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const open = await blankPage(browser, options, patience);
  const { page } = open;
  await page.addInitScript(watchLongTasks);
  await page.goto(url);
  // The last thing that the page's script does before it waits for somebody.
  await page.getByRole('radio', { name: /^auto/ }).waitFor();
  return open;
}

export interface PageRun {
  readonly backend: 'wasm' | 'webgl' | 'webgpu';
  readonly threads: number;
}

/** Starts a run of the smallest networks and pictures. */
export async function startSmallRun(page: Page, { backend, threads }: PageRun): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${backend} `) }).check();
  if (threads > 1) await page.getByLabel('Threads').fill(String(threads));
  await page.getByLabel('Picture size').selectOption('16 px');
  await page.getByLabel('Networks').selectOption('tiny');
  await page.getByLabel('Batch').fill('4');
  await page.getByRole('button', { name: 'Start' }).click();
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
    { polling: 50 },
  );
  assert.equal(await text.jsonValue(), 'reached');
}

/** Waits until the sheet shows its eigen-dimensions. */
export async function dimensionsShown(page: Page): Promise<void> {
  await page.locator('#dimensions canvas').nth(5).waitFor();
}

/** Presses Stop and waits for the end, which is within the step under way. */
export async function stopRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText(/^Stopped after step/).waitFor();
}

/** Presses Pause and returns the step after which the run rests. */
export async function pauseRun(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText(/^Paused after step/).waitFor();
  return stepOf(page);
}

export async function stepOf(page: Page): Promise<number> {
  return Number(await page.locator('#step').textContent());
}

/** What a canvas shows, losslessly, as text: much quicker to fetch than numbers. */
export function pictureOf(page: Page, canvas: string): Promise<string> {
  return page.locator(canvas).evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('must be a canvas');
    return element.toDataURL();
  });
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
