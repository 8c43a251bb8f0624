import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { assertAccessible } from '../explorer/accessibility';
import { reachStep, stepOf, stopRun } from './training-page';

/** Starts anew, on a page that has a run to offer, with pictures of one's own that are dropped. */
export async function startWithOwnPictures(page: Page): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'eigengan-page-'));
  try {
    await takePictures(page, folder);
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: /^Go on from step/ }).waitFor();
    await page.getByRole('button', { name: 'Start anew' }).click();
    await assertAccessible(page, 'asked whether to delete');
    await page.getByRole('button', { name: 'Delete it and start' }).click();
    await reachStep(page, 3);
    await page.getByText('1 picture is damaged and left out').click();
    await page.getByText(/^torn\.png: /).waitFor();
    assert.ok((await stepOf(page)) < 1000);
    await stopRun(page);
    await page.getByText(/your 6 pictures/).waitFor();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Chooses pictures, thinks better of it, and drops a picture and a folder, in which there is another. */
async function takePictures(page: Page, folder: string): Promise<void> {
  const faces = join(folder, 'faces');
  await mkdir(join(faces, 'more'), { recursive: true });
  const single = join(folder, '0.png');
  await writeFile(single, await plain(0));
  for (const red of [60, 120]) await writeFile(join(faces, `${red}.png`), await plain(red));
  for (const red of [180, 240]) await writeFile(join(faces, 'more', `${red}.png`), await plain(red));
  await writeFile(join(faces, 'torn.png'), 'no picture');
  await writeFile(join(faces, 'notes.txt'), 'nor this');

  await page.getByLabel('Your own pictures').setInputFiles([single]);
  await page.getByText('It will learn from 1 of your pictures.').waitFor();
  await page.getByRole('button', { name: 'Use the drawn portraits' }).click();

  await drop(page, '#samples', [single]);
  await drop(page, '#pictures', [join(faces, 'notes.txt')]);
  await page.getByText('There is no picture in what you dropped.').waitFor();
  await drop(page, '#pictures', [single, faces]);
  await page.getByText('It will learn from 6 of your pictures.').waitFor();
}

/** Drags files and folders of the machine onto an element and lets go, as a person with a mouse does. */
async function drop(page: Page, onto: string, files: string[]): Promise<void> {
  const target = page.locator(onto);
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  const lit = await page.locator('#pictures').evaluate(({ classList }) => classList.contains('over'));
  assert.equal(lit, onto === '#pictures', 'the frame must say whether it would take them');
  await session.send('Input.dispatchDragEvent', { type: 'drop', x, y, data });
  await session.detach();
}

function plain(red: number): Promise<Buffer> {
  const background = { r: red, g: 90, b: 200 };
  return sharp({ create: { width: 24, height: 20, channels: 3, background } })
    .png()
    .toBuffer();
}
