import { readFile } from 'node:fs/promises';
import { EigenganError, FormatError } from '@eigengan/core';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { bundleWorker, workerPrograms } from '../../scripts/bundle-worker';
import type { ImageForm } from './image-form';
import { nodeDecoding } from './node-decoding';
import { type Preparer, preparer } from './preparer';

it.each(workerPrograms)(
  'the committed program $constant is what its source bundles to: npm run workers writes it',
  async (program) => {
    const isCurrent = (await readFile(program.target, 'utf8')) === (await bundleWorker(program));
    expect(isCurrent).toBe(true);
  },
);

const form: ImageForm = { height: 8, width: 8, channels: 3, fit: 'cover', background: [255, 255, 255] };
const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256);
const raw = { raw: { width: 20, height: 12, channels: 3 } } as const;

describe.each([0, 1, 3])('preparer with %i workers', (workers) => {
  const open: Preparer[] = [];
  const make = () => {
    const made = preparer(nodeDecoding, { workers });
    open.push(made);
    return made;
  };
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  it('decodes, cuts and scales as the calling thread does, whatever the order', async () => {
    const png = new Uint8Array(await sharp(noise(720), raw).png().toBuffer());
    const picture = { height: 12, width: 20, channels: 3, data: noise(720) } as const;
    const here = preparer(nodeDecoding, { workers: 0 });
    const cut = { affine: [0.5, 0.1, 2, -0.1, 0.5, 3], size: [9, 9] } as const;
    const expected = [await here.prepare('a', png, form), await here.prepare('a', picture, form, cut)];
    expect(expected[0]?.original).toEqual({ height: 12, width: 20, channels: 3 });
    const { prepare } = make();
    const prepared = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        prepare('a', i % 2 === 0 ? png : picture, form, i % 2 === 0 ? undefined : cut),
      ),
    );
    prepared.forEach((one, i) => {
      expect(one).toEqual(expected[i % 2]);
    });
    // What was handed in is still there.
    expect(png.length).toBeGreaterThan(100);
    expect(picture.data).toEqual(noise(720));
  });

  it('refuses a damaged file as the calling thread does, and goes on', async () => {
    const { prepare } = make();
    const png = new Uint8Array(await sharp(noise(720), raw).png().toBuffer());
    const cut = prepare('cut.png', png.subarray(0, 300), form);
    await expect(cut).rejects.toThrow(FormatError);
    await expect(cut).rejects.toThrow(/^cut\.png: /);
    await expect(prepare('a.png', new TextEncoder().encode('%PDF-1.4'), form)).rejects.toThrow(
      'a.png: must hold one of JPEG, PNG, WebP, AVIF, GIF, TIFF, BMP, got "PDF"',
    );
    expect((await prepare('whole.png', png, form)).image).toHaveLength(192);
  });

  it('closes, refuses what was under way, and starts again', async () => {
    const { prepare, close } = make();
    const picture = { height: 12, width: 20, channels: 3, data: noise(720) } as const;
    await prepare('a', picture, form);
    const png = new Uint8Array(await sharp(noise(720), raw).png().toBuffer());
    const underWay = Array.from({ length: 10 }, (_, i) => prepare(`${i}`, i % 2 ? picture : png, form));
    const settled = Promise.allSettled(underWay);
    await close();
    for (const one of await settled) {
      if (one.status === 'rejected') expect(EigenganError.is(one.reason)).toBe(true);
      else expect(one.value.image).toHaveLength(192);
    }
    expect((await prepare('a', picture, form)).image).toHaveLength(192);
  });
});
