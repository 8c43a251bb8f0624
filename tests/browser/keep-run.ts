import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { decodeSafetensors } from '@eigengan/core';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { assertAccessible } from '../explorer/accessibility';
import type { OpenPage } from './blank-page';
import { startWithOwnPictures } from './own-pictures';
import { dimensionsShown, longTasks, pauseRun, pictureOf, reachStep, stepOf } from './training-page';

/**
 * Reloads a page whose run was stopped, goes on, saves what there is to save, and starts anew with pictures of
 * one's own. Returns what was measured.
 */
export async function keepRun({ page, problems }: OpenPage): Promise<string> {
  const stopped = await stepOf(page);
  await page.reload();
  await page.getByRole('button', { name: `Go on from step ${stopped}` }).waitFor();
  await assertAccessible(page, 'a run is offered, light');
  await page.getByRole('button', { name: `Go on from step ${stopped}` }).click();
  const first = await page.waitForFunction(() => {
    return Number(document.getElementById('step')?.textContent) || undefined;
  });
  assert.ok(Number(await first.jsonValue()) > stopped, 'a run must go on from where it was');
  await dimensionsShown(page);
  await reachStep(page, stopped + 5);
  const paused = await pauseRun(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(page, 'paused, dark');
  await assertSaved(page, paused);
  const blocked = await longTasks(page);

  // Closed while it is paused, it loses nothing.
  await page.reload();
  await page.getByRole('button', { name: `Go on from step ${paused}` }).waitFor();
  await startWithOwnPictures(page);
  assert.deepEqual(problems, []);
  return `went on from step ${stopped} after a reload; the page had ${blocked}`;
}

async function assertSaved(page: Page, step: number): Promise<void> {
  const samples = await saved(page, 'Samples, PNG', 1);
  const png = sharp(samples['samples.png']);
  const { width, height } = await png.metadata();
  assert.deepEqual([width, height], [4 * 8 * 16, 4 * 3 * 16]);
  const small = await png
    .resize(8 * 16, 3 * 16, { kernel: 'nearest' })
    .ensureAlpha()
    .raw()
    .toBuffer();
  const [, shown = ''] = (await pictureOf(page, '#samples')).split(',');
  const pixels = await sharp(Buffer.from(shown, 'base64')).ensureAlpha().raw().toBuffer();
  assert.ok(small.equals(pixels), 'the PNG must hold what the page shows');

  const model = await saved(page, 'Model', 2);
  const { weightsManifest, userDefinedMetadata } = JSON.parse(String(model['model.json']));
  const [{ weights }]: [{ weights: { shape: number[] }[] }] = weightsManifest;
  const numbers = weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  assert.ok(numbers > 10_000 && userDefinedMetadata !== undefined);
  assert.equal(model['weights.bin']?.length, 4 * numbers);

  const checkpoint = await saved(page, `Checkpoint of step ${step}`, 1);
  const { tensors, metadata } = decodeSafetensors(
    new Uint8Array(checkpoint[`checkpoint-${step}.safetensors`] ?? []),
  );
  assert.ok(Object.keys(tensors).some((name) => name.startsWith('ema/')));
  assert.equal(JSON.parse(metadata['eigengan-checkpoint'] ?? '').step, step);
}

/** The files that a button saves, by name. */
async function saved(page: Page, button: string, count: number): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  const downloads = Array.from({ length: count }, (_, i) =>
    page.waitForEvent('download', {
      predicate: (download) =>
        count === 1 || download.suggestedFilename() === ['model.json', 'weights.bin'][i],
    }),
  );
  await page.getByRole('button', { name: button, exact: true }).click();
  for (const download of await Promise.all(downloads)) {
    files[download.suggestedFilename()] = await readFile(await download.path());
  }
  return files;
}
