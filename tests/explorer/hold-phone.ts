import assert from 'node:assert/strict';
import type { Browser } from 'playwright';
import { assertAccessible } from './accessibility';
import { openExplorer, slidersOf } from './explorer-page';

/** A narrow phone. */
export const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

/** Pixels that a finger needs. */
const finger = 44;

/** Looks at the page on a phone: nothing juts out, the picture stays in sight, a finger hits what it aims at. */
export async function holdPhone(browser: Browser, url: string): Promise<void> {
  const { page, problems } = await openExplorer(browser, url, phone);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, phone.viewport.width, 'nothing may jut out');
  await slidersOf(page).last().scrollIntoViewIfNeeded();
  await page.waitForTimeout(100);
  const picture = await page.locator('canvas.picture').boundingBox();
  assert.ok(picture !== null && picture.y >= 0 && picture.y + picture.height < phone.viewport.height / 2);
  assert.ok(picture.width >= 160, `the picture must be large, got ${picture.width}`);
  for (const control of [slidersOf(page).last(), page.getByRole('button', { name: 'Random' })]) {
    const box = await control.boundingBox();
    const size = `${box?.width} x ${box?.height}`;
    assert.ok(box !== null && box.height >= finger && box.width >= finger, `a finger must hit ${size}`);
  }
  await page.getByRole('button', { name: 'Random' }).tap();
  await page.waitForURL(/#seed=/);
  await page.getByRole('button', { name: 'Pin', exact: true }).tap();
  const compare = page.getByRole('button', { name: /^Compare with pin 1/ });
  await compare.scrollIntoViewIfNeeded();
  await compare.tap();
  const beside = await page.getByRole('img', { name: /^Pinned picture/ }).boundingBox();
  assert.ok(beside !== null && beside.y >= 0 && beside.y + beside.height < phone.viewport.height / 2);
  for (const name of [/^Go back to pin 1/, 'Unpin 1']) {
    const box = await page.getByRole('button', { name }).boundingBox();
    assert.ok(box !== null && box.height >= finger && box.width >= finger, `a finger must hit ${name}`);
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  await assertAccessible(page, 'on a phone');
  assert.deepEqual(problems, []);
  await page.context().close();
}
