import { join } from 'node:path';
import type { Browser } from 'playwright';
import { openTrainingPage, reachStep } from './training-page';

/** One width and one color scheme each. */
const shots = [
  { name: 'page', width: 1200, colorScheme: 'light' },
  { name: 'page-dark', width: 1200, colorScheme: 'dark' },
  { name: 'page-narrow', width: 390, colorScheme: 'light' },
] as const;

/** Trains the page on wasm for `STEPS` steps and takes its pictures, in light, dark and narrow. */
export async function takeScreenshots(browser: Browser, url: string, folder: string): Promise<void> {
  const { page } = await openTrainingPage(browser, url);
  await page.getByRole('radio', { name: /^wasm / }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  page.setDefaultTimeout(0);
  await reachStep(page, Number(process.env.STEPS ?? 600));
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText(/^Paused after step/).waitFor();
  for (const { name, width, colorScheme } of shots) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }
  await page.context().close();
}
