import { EigenganError } from '@eigengan/core';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PictureKind } from './file-kind';
import { drawnPicture, mixed } from './picture.testing';
import { pictureHeader } from './picture-header';

const drawn = drawnPicture([21, 300, 3], (y, x, c) => mixed(y * 900 + x * 3 + c));
const rgb = () => sharp(drawn.data, { raw: { width: 300, height: 21, channels: 3 } });
const written = {
  PNG: [
    rgb().png(),
    rgb().ensureAlpha(0.5).png(),
    rgb().png({ palette: true }),
    rgb().toColourspace('b-w').png(),
  ],
  JPEG: [
    rgb().jpeg(),
    rgb().jpeg({ progressive: true }).withMetadata({ orientation: 6 }).withIccProfile('p3'),
    rgb().toColourspace('b-w').jpeg(),
  ],
  GIF: [rgb().gif()],
  WebP: [
    rgb().webp(),
    rgb().webp({ lossless: true }),
    rgb().ensureAlpha(0.5).webp(),
    rgb().webp().withMetadata({ orientation: 6 }),
  ],
  AVIF: [rgb().avif({ effort: 0 }), rgb().ensureAlpha(0.5).avif({ effort: 0 })],
} satisfies Partial<Record<PictureKind, unknown>>;
const kinds = ['PNG', 'JPEG', 'GIF', 'WebP', 'AVIF'] as const;
const files = await Promise.all(
  kinds.flatMap((kind) =>
    written[kind].map(async (file) => ({ kind, bytes: new Uint8Array(await file.toBuffer()) })),
  ),
);

describe('pictureHeader', () => {
  it('says the size that sharp says, and whether there are colors', async () => {
    const grays = new Set<string>();
    for (const { kind, bytes } of files) {
      const { height, width, space } = await sharp(bytes).metadata();
      const gray = space === 'b-w';
      expect(pictureHeader('a', kind, bytes)).toEqual({ height, width, gray });
      if (gray) grays.add(kind);
    }
    expect(grays).toEqual(new Set(['PNG', 'JPEG']));
  });

  it('refuses a file without one', () => {
    for (const { kind, bytes } of files) {
      expect(() => pictureHeader('a.x', kind, bytes.subarray(0, 8))).toThrow(
        `a.x: must be a ${kind} file with a size in its header, got "8 bytes without"`,
      );
    }
  });

  it('answers damaged files with a size or an error of ours', () => {
    const damage = fc.record({
      file: fc.constantFrom(...files),
      changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
      length: fc.oneof(fc.constant(10_000), fc.nat(400)),
    });
    let sizes = 0;
    fc.assert(
      fc.property(damage, ({ file: { kind, bytes: whole }, changes, length }) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          const { height, width } = pictureHeader('damaged', kind, bytes);
          expect(height >= 0 && width >= 0).toBe(true);
          sizes++;
        } catch (error) {
          if (!EigenganError.is(error)) throw error;
        }
      }),
      { numRuns: 5000 },
    );
    expect(sizes).toBeGreaterThan(500);
  });
});
