import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import sharp from 'sharp';
import { phone } from './hold-phone';
import { dimensionsShown, openTrainingPage, pauseRun, reachStep } from './training-page';

/** So many show hair, skin and background; some minutes. */
const steps = 600;

/** Trains the page at 16 px on wasm and takes the pictures of its README: light, dark and on a phone. */
export async function takeScreenshots(browser: Browser, url: string, folder: string): Promise<void> {
  const { page } = await openTrainingPage(browser, url, { viewport: { width: 1200, height: 1300 } });
  page.setDefaultTimeout(0);
  await page.getByRole('radio', { name: /^wasm / }).check();
  await page.getByLabel('Threads').fill('2');
  await page.getByLabel('Picture size').selectOption('16 px');
  await page.getByRole('button', { name: 'Start' }).click();
  await dimensionsShown(page);
  await reachStep(page, steps);
  await pauseRun(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await drawn(page);
    await save(await page.screenshot({ fullPage: true }), join(folder, `${colorScheme}.png`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await save(await onPhone(page), join(folder, 'phone.png'));
  await page.context().close();
}

/** What a phone shows of the run under way: a page with a run cannot be carried to another context. */
async function onPhone(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await session.send('Emulation.setDeviceMetricsOverride', {
    ...phone.viewport,
    deviceScaleFactor: 2,
    mobile: true,
  });
  await page.locator('#progress-title').evaluate((title) => {
    window.scrollBy(0, title.getBoundingClientRect().top - 30);
  });
  await drawn(page);
  const { data } = await session.send('Page.captureScreenshot');
  return Buffer.from(data, 'base64');
}

/** Waits until the page is drawn anew, its curves too, which wait for the next frame. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
}

/** Few colours make a small file. */
async function save(png: Buffer, path: string): Promise<void> {
  await sharp(png).png({ palette: true, colours: 256, compressionLevel: 9 }).toFile(path);
}
