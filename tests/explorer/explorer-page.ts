import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright';
import { blankPage, type OpenPage } from '../browser/blank-page';

/** Milliseconds that a page may take for what a person waits for; a loaded machine is slow. */
const patience = 60_000;

/** Opens the explorer as somebody does who never was there, and waits for the first picture. */
export async function openExplorer(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const open = await blankPage(browser, { viewport: { width: 1280, height: 900 }, ...options }, patience);
  await open.page.goto(url);
  await pictureShown(open.page);
  return open;
}

export async function pictureShown(page: Page): Promise<void> {
  await page.locator('canvas.picture').first().waitFor();
  await settled(page);
}

/** Waits until the picture stays the same. */
export async function settled(page: Page): Promise<void> {
  let before = '';
  for (;;) {
    const now = (await pixelsOf(page)).join();
    if (now === before) return;
    before = now;
    await page.waitForTimeout(150);
  }
}

/** Red, green, blue and alpha of the large picture, or of another. */
export function pixelsOf(page: Page, where = page.locator('canvas.picture').first()): Promise<number[]> {
  return where.evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('must be a canvas');
    return [...(canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [])];
  });
}

export const slidersOf = (page: Page) => page.locator('.row input[type=range]');

/** Drags a slider to a part of its way, by the mouse. */
export async function drag(page: Page, slider: number, to: number): Promise<void> {
  const one = slidersOf(page).nth(slider);
  await one.scrollIntoViewIfNeeded();
  const box = await one.boundingBox();
  const value = Number(await one.inputValue());
  assert.ok(box);
  const y = box.y + box.height / 2;
  const at = (part: number) => box.x + 9 + part * (box.width - 18);
  await page.mouse.move(at((value + 3) / 6), y);
  await page.mouse.down();
  await page.mouse.move(at(to), y, { steps: 8 });
  await page.mouse.up();
  await settled(page);
}

/** What an item of the menu Save downloads. */
export async function savedBy(page: Page, item: RegExp): Promise<{ name: string; bytes: Buffer }> {
  await page.locator('summary', { hasText: 'Save' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: item }).click();
  return fileOf(await download);
}

export async function fileOf(download: Download): Promise<{ name: string; bytes: Buffer }> {
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Milliseconds from each of some movements of a slider to the picture on the page. */
export function timeMovements(page: Page, slider: number, count: number): Promise<number[]> {
  return page.evaluate(
    async ([place, movements]) => {
      const explorer = document.getElementsByTagName('eigengan-explorer')[0];
      const input = explorer?.shadowRoot?.querySelectorAll('.row input')[place];
      if (explorer === undefined || !(input instanceof HTMLInputElement)) throw new Error('no slider');
      const times: number[] = [];
      for (let i = 0; i < movements; i++) {
        const rendered = new Promise((done) => {
          explorer.addEventListener('explorer-render', done, { once: true });
        });
        const start = performance.now();
        input.value = String(-2 + (4 * i) / movements);
        input.dispatchEvent(new Event('input'));
        await rendered;
        // The canvas is drawn with the next update.
        await explorer.updateComplete;
        times.push(performance.now() - start);
      }
      input.dispatchEvent(new Event('change'));
      return times;
    },
    [slider, count] as const,
  );
}
