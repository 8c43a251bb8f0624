import { join } from 'node:path';
import type { Browser } from 'playwright';
import { drag, openExplorer, settled, slidersOf } from './explorer-page';
import { phone } from './hold-phone';

/** Takes the pictures of the README: light, dark with pins, and a phone. */
export async function takeScreenshots(browser: Browser, url: string, folder: string): Promise<void> {
  const wide = { viewport: { width: 1280, height: 1110 }, deviceScaleFactor: 1 };
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await openExplorer(browser, `${url}#seed=${colorScheme === 'light' ? 7 : 21}&t=1.2`, {
      ...wide,
      colorScheme,
    });
    const count = await slidersOf(page).count();
    await page.keyboard.press('p');
    await drag(page, count - 5, 0.85);
    await page.keyboard.press('p');
    await drag(page, count - 9, 0.2);
    await page.keyboard.press('c');
    await page.locator('.tiles canvas').nth(6).waitFor();
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(folder, `${colorScheme}.png`) });
    await page.context().close();
  }
  const { page } = await openExplorer(browser, `${url}#seed=7&t=1.2`, {
    ...phone,
    viewport: { width: 360, height: 720 },
    deviceScaleFactor: 2,
  });
  const count = await slidersOf(page).count();
  await slidersOf(page)
    .nth(count - 4)
    .focus();
  await page.keyboard.press('PageUp');
  await settled(page);
  await page.locator('.tiles canvas').nth(6).waitFor();
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, 'phone.png') });
  await page.context().close();
}
