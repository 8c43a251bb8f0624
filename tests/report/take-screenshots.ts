import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../browser/launch-chromium';

// Pictures of a report, light, dark, narrow and as printed: tsx tests/report/take-screenshots.ts REPORT FOLDER
const [report, folder] = process.argv.slice(2);
if (report === undefined || folder === undefined) throw new Error('take-screenshots: REPORT FOLDER');
const shots = [
  { name: 'report', width: 1100, colorScheme: 'light' },
  { name: 'report-dark', width: 1100, colorScheme: 'dark' },
  { name: 'report-phone', width: 390, colorScheme: 'dark' },
] as const;

await mkdir(folder, { recursive: true });
const browser = await launchChromium();
const page = await browser.newPage();
await page.goto(pathToFileURL(resolve(report)).href);
for (const { name, width, colorScheme } of shots) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
await page.pdf({ path: join(folder, 'report.pdf'), format: 'A4', printBackground: false });
await browser.close();
