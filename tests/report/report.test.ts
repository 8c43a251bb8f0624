import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { barChart, htmlReport, spectrum } from '@eigengan/viz';
import type { Browser, BrowserContextOptions } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executablePath } from '../browser/chromium';
import { launchChromium } from '../browser/launch-chromium';
import { watchPage } from '../browser/watch-page';
import { assertAccessible } from '../explorer/accessibility';

const stages = [1, 50, 250];

async function report(): Promise<string> {
  const bars = (theme: 'light' | 'dark') =>
    spectrum(
      [0, 1, 2, 3].map((layer) => ({ title: `Layer ${layer}`, values: [9, 6, 3, 2, 1] })),
      { theme },
    );
  return htmlReport({
    title: 'A run with a rather long title, from a_folder_whose_name_has_no_space_to_break_it_at',
    summary: 'In short',
    configuration: { data: '/a/path/that/is/longer/than/the/screen/of/a/phone/and/has/no/spaces', size: 32 },
    records: Array.from({ length: 300 }, (_, i) => ({
      ...{ step: i + 1, images: 16 * i, seconds: i / 4, d_loss: 1 + 1 / (i + 1) },
      ...{ g_loss: Math.sin(i / 9), penalty: i % 4 === 0 ? 1 / (i + 1) : null, orthogonality: 1e-3 },
    })),
    sections: [
      {
        heading: 'Samples over time',
        layout: 'stages',
        pictures: stages.map((step) => ({
          picture: barChart([{ name: 'a', values: [step] }], { labels: ['b'] }),
          alt: `A picture of step ${step}`,
          caption: `Step ${step}`,
        })),
      },
      {
        heading: 'Spectra',
        pictures: [{ picture: { light: bars('light'), dark: bars('dark') }, alt: 'Bars', caption: 'Wide' }],
      },
    ],
    environment: { backend: 'wasm' },
  });
}

describe.skipIf(!existsSync(executablePath))('a report in Chromium', () => {
  let folder = '';
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eigengan-'));
    await writeFile(join(folder, 'report.html'), await report());
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  async function open(options: BrowserContextOptions) {
    const page = await browser.newPage({ offline: true, ...options });
    const problems = watchPage(page);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
    return { page, problems, requests };
  }

  it.each([
    { colorScheme: 'light', viewport: { width: 1100, height: 800 } },
    { colorScheme: 'dark', viewport: { width: 1100, height: 800 } },
    { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  ] as const)('opens offline without a fault, $colorScheme, $viewport.width wide', async (options) => {
    const { page, problems, requests } = await open(options);
    await assertAccessible(page, `report, ${options.colorScheme}, ${options.viewport.width} wide`);
    const across = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(across).toBeLessThanOrEqual(options.viewport.width);
    const broken = await page
      .locator('img')
      .evaluateAll((all) => all.filter((one) => one instanceof HTMLImageElement && one.naturalWidth === 0));
    expect(broken).toEqual([]);
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
    await page.close();
  });

  it('goes through its stages by keys; on paper and without scripts all are there', async () => {
    const { page } = await open({});
    const shown = page.locator('.stages figcaption:visible');
    expect(await shown.allTextContents()).toEqual(['Step 250']);
    const slider = page.getByRole('slider', { name: 'Samples over time' });
    await slider.press('ArrowLeft');
    expect(await shown.allTextContents()).toEqual(['Step 50']);
    expect(await slider.getAttribute('aria-valuetext')).toBe('Step 50');
    await slider.press('Home');
    expect(await shown.allTextContents()).toEqual(['Step 1']);
    await page.emulateMedia({ media: 'print' });
    expect(await shown.count()).toBe(stages.length);
    await page.close();
    const { page: plain } = await open({ javaScriptEnabled: false });
    expect(await plain.locator('.stages figcaption:visible').count()).toBe(stages.length);
    await plain.close();
  });
});
