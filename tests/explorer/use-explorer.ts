import assert from 'node:assert/strict';
import type { Browser } from 'playwright';
import sharp from 'sharp';
import { assertAccessible } from './accessibility';
import {
  drag,
  fileOf,
  openExplorer,
  pictureShown,
  pixelsOf,
  savedBy,
  settled,
  slidersOf,
  timeMovements,
} from './explorer-page';

/** A slider of the last layer, and one of the deepest. */
const [last, deepest] = [-2, 0];

/** Does in the page what a person would, and returns how long the pictures of a slider took. */
export async function useExplorer(browser: Browser, url: string): Promise<Record<string, number[]>> {
  const { page, problems } = await openExplorer(browser, url);
  const count = await slidersOf(page).count();
  assert.ok(count > 5, 'there must be sliders');
  const slider = count + last;
  assert.ok(new Set(await pixelsOf(page)).size > 20, 'the picture must vary');
  await assertAccessible(page, 'light');
  await assertApart(page);

  const before = await pixelsOf(page);
  await drag(page, slider, 0.95);
  const dragged = await pixelsOf(page);
  assert.notDeepEqual(dragged, before, 'the picture must follow a slider');
  assert.match(page.url(), /#seed=\d+&t=[\d.]+&z=block_\d+\/\d+:2\.\d+$/);
  await page.locator('.tiles canvas').nth(6).waitFor();

  await page
    .getByRole('button', { name: /: rename$/ })
    .nth(slider)
    .click();
  await page.keyboard.type('Mirror, mirror');
  await page.keyboard.press('Enter');
  // The title counts layers as the address counts blocks.
  const [, block] = /block_(\d+)/.exec(page.url()) ?? [];
  await page.getByRole('slider', { name: `Mirror, mirror, Layer ${block} ·` }).waitFor();

  await page.keyboard.press('z');
  await settled(page);
  assert.deepEqual(await pixelsOf(page), before, 'undo must bring the picture back');
  await page.keyboard.press('Shift+Z');
  await settled(page);
  assert.deepEqual(await pixelsOf(page), dragged, 'redo must bring it back again');

  await pinned(page, dragged);

  const latents = await exported(page, dragged);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(page, 'dark');

  const model = await savedModel(page);
  const names = JSON.parse(model[0]?.bytes.toString() ?? '').userDefinedMetadata.dimensionNames;
  assert.deepEqual(Object.values(names), ['Mirror, mirror']);
  await page.reload();
  await pictureShown(page);
  assert.deepEqual(await pixelsOf(page), dragged, 'the address must keep the picture');
  await page.getByRole('slider', { name: /^Mirror, mirror/ }).waitFor();
  await pinsBack(browser, page, dragged);

  await opened(browser, url, model, latents, dragged);
  const times = {
    'the last layer': await timeMovements(page, slider, 60),
    'the deepest layer': await timeMovements(page, deepest, 60),
  };
  assert.deepEqual(problems, []);
  await page.context().close();
  return times;
}

type Page = Awaited<ReturnType<typeof openExplorer>>['page'];

/** Neither a low window nor a narrow one may lay what belongs to the picture over the sliders. */
async function assertApart(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const [width, height] of [
    [1280, 640],
    [1280, 800],
    [960, 700],
  ] as const) {
    await page.setViewportSize({ width, height });
    const [tools, sliders] = [
      await page.locator('.tools').boundingBox(),
      await page.locator('.dimensions').boundingBox(),
    ];
    assert.ok(tools !== null && sliders !== null);
    assert.ok(tools.x + tools.width <= sliders.x, `they must lie apart at ${width} x ${height}`);
  }
  if (before !== null) await page.setViewportSize(before);
}

/** Pins two pictures, names one, sees it beside the present one, and goes back to it. */
async function pinned(page: Page, pixels: readonly number[]): Promise<void> {
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: 'Random' }).click();
  await settled(page);
  const others = await pixelsOf(page);
  assert.notDeepEqual(others, pixels);
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page
    .getByRole('button', { name: /: rename$/ })
    .and(page.locator('.pins .name'))
    .first()
    .click();
  await page.keyboard.type('Anna');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Compare with pin 1, Anna' }).click();
  const beside = page.getByRole('img', { name: 'Pinned picture, Anna' });
  assert.deepEqual(await pixelsOf(page, beside), pixels, 'a pin must stand beside the present picture');
  assert.deepEqual(await pixelsOf(page), others);
  await assertAccessible(page, 'comparing');
  await page.keyboard.press('c');
  await beside.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Go back to pin 1, Anna' }).click();
  await settled(page);
  assert.deepEqual(await pixelsOf(page), pixels, 'a pin must lead back to its picture');
}

/** The pins of before a reload, also where the copied link is opened by somebody else. */
async function pinsBack(browser: Browser, page: Page, pixels: readonly number[]): Promise<void> {
  const shown = async (where: Page) => {
    const first = where.locator('.pins li', { hasText: 'Anna' }).locator('canvas');
    await first.waitFor();
    assert.deepEqual(await pixelsOf(where, first), pixels, 'a kept pin must be made again');
    assert.equal(await where.locator('.pins li').count(), 2);
  };
  await shown(page);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.waitForURL(/&pin=/);
  const other = await openExplorer(browser, page.url());
  await shown(other.page);
  await other.page.getByRole('button', { name: 'Unpin 2' }).click();
  await other.page.reload();
  await pictureShown(other.page);
  assert.equal(await other.page.locator('.pins li').count(), 1, 'an unpinned picture must not come back');
  assert.deepEqual(other.problems, []);
  await other.page.context().close();
}

/** Saves a picture, a strip and the latents, and reads them back; returns the latents' file. */
async function exported(page: Page, pixels: readonly number[]): Promise<Buffer> {
  const picture = await savedBy(page, /^Picture, PNG$/);
  assert.match(picture.name, /^seed-\d+\.png$/);
  const { width, height } = await sharp(picture.bytes).metadata();
  assert.deepEqual([width, height], [512, 512]);
  const small = await sharp(picture.bytes)
    .resize(64, 64, { kernel: 'nearest' })
    .ensureAlpha()
    .raw()
    .toBuffer();
  assert.deepEqual([...small], [...pixels], 'the PNG must hold the pixels of the page');

  await page.getByRole('slider', { name: /^Mirror/ }).focus();
  const strip = await savedBy(page, /^Strip of Mirror, mirror/);
  assert.match(strip.name, /^seed-\d+-mirror-mirror\.png$/);
  const strips = await sharp(strip.bytes).metadata();
  assert.deepEqual([strips.width, strips.height], [7 * 128 + 6 * 4, 128]);

  const animation = await savedBy(page, /^Animation of Mirror, mirror/);
  const { width: edge, pages } = await sharp(animation.bytes, { animated: true }).metadata();
  assert.deepEqual([animation.name, edge, pages], [strip.name.replace('png', 'gif'), 256, 48]);

  const { bytes } = await savedBy(page, /^Latents, JSON$/);
  const file = JSON.parse(bytes.toString());
  assert.ok(file.latents.length >= (await slidersOf(page).count()));
  assert.equal(Object.keys(file.moved).length, 1);
  return bytes;
}

/** The two files of the button Save model. */
async function savedModel(page: Page) {
  const downloads: ReturnType<typeof fileOf>[] = [];
  page.on('download', (download) => downloads.push(fileOf(download)));
  await page.getByRole('button', { name: 'Save model' }).click();
  while (downloads.length < 2) await page.waitForTimeout(50);
  return Promise.all(downloads);
}

/** Opens the files of a saved model elsewhere: by choosing, by dropping; and what is none. */
async function opened(
  browser: Browser,
  url: string,
  model: readonly { readonly name: string; readonly bytes: Buffer }[],
  latents: Buffer,
  pixels: readonly number[],
): Promise<void> {
  const { page, problems } = await openExplorer(browser, `${url}?model=model/model.json`);
  assert.equal(await page.getByRole('slider', { name: /^Mirror/ }).count(), 0);
  const files = model.map(({ name, bytes }) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: bytes,
  }));
  await page.locator('#files').setInputFiles(files.slice(0, 1));
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  await page.locator('#files').setInputFiles(files);
  await page.getByRole('slider', { name: /^Mirror, mirror/ }).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0, 'a good model must take the fault away');

  const chosen = { name: 'latents.json', mimeType: 'application/json', buffer: latents };
  await page.locator('.menu input').setInputFiles(chosen);
  await page.waitForURL(/&z=/);
  await settled(page);
  const now = await pixelsOf(page);
  const difference =
    pixels.reduce((sum, value, i) => sum + Math.abs(value - (now[i] ?? 0)), 0) / pixels.length;
  assert.ok(difference < 0.01, `opened latents must give their picture, got a difference of ${difference}`);

  const dropped = await page.evaluateHandle(
    (parts) => {
      const transfer = new DataTransfer();
      for (const { name, bytes } of parts) transfer.items.add(new File([Uint8Array.from(bytes)], name));
      return transfer;
    },
    model.map(({ name, bytes }) => ({ name, bytes: [...bytes] })),
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await page.waitForURL((address) => address.hash === '');
  await pictureShown(page);
  await page.getByRole('slider', { name: /^Mirror, mirror/ }).waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
}
