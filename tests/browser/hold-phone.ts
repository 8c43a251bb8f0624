import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import { assertAccessible } from '../explorer/accessibility';
import type { OpenPage } from './blank-page';
import { dimensionsShown, type PageRun, startSmallRun } from './training-page';

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Pixels that a finger needs. */
const finger = 44;

/** Trains on a phone: nothing juts out, a finger hits what it aims at, and what one wants next is in sight. */
export async function holdPhone({ page, problems }: OpenPage, run: PageRun): Promise<void> {
  await assertFits(page);
  await startSmallRun(page, run);
  const stop = await page.getByRole('button', { name: 'Stop' }).boundingBox();
  assert.ok(stop !== null && stop.y >= 0 && stop.y + stop.height <= phone.viewport.height);
  await dimensionsShown(page);
  await page.getByRole('button', { name: 'Stop' }).tap();
  await page.getByRole('button', { name: /^Go on from step/ }).waitFor();
  await assertFits(page);
  await assertAccessible(page, 'on a phone');
  await page.setViewportSize({ ...phone.viewport, width: 320 });
  await assertFits(page);
  assert.deepEqual(problems, []);
}

async function assertFits(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.equal(scrollWidth, clientWidth, 'nothing may jut out');
  const controls = page.locator('button, select, summary, input:not([type=radio]), label:has([type=radio])');
  for (const control of await controls.filter({ visible: true }).all()) {
    const box = await control.boundingBox();
    assert.ok(
      box !== null && box.width >= finger && box.height >= finger,
      `a finger must hit ${await control.evaluate(({ outerHTML }) => outerHTML)}, ${box?.width} x ${box?.height}`,
    );
  }
}
