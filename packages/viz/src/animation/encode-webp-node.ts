import { assertInteger, missingPackage } from '@eigengan/core';
import type { AnimationOptions, Frames } from './animation';
import { webpAnimation } from './webp-animation';

export interface WebpOptions extends AnimationOptions {
  /** 1 to 100, or `lossless`, the default. */
  readonly quality?: number | 'lossless' | undefined;
}

/**
 * Frames as the bytes of an animated WebP file, by sharp. Frame times are milliseconds. Holds one frame at a
 * time beside the file.
 *
 * @throws ArgumentError when there is no frame, their sizes differ, or an option is out of its range;
 * MissingPackageError when sharp is not installed
 */
export async function encodeWebp(frames: Frames, options: WebpOptions = {}): Promise<Uint8Array> {
  const { quality = 'lossless' } = options;
  if (quality !== 'lossless') assertInteger('encodeWebp: quality', quality, { min: 1, max: 100 });
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw missingPackage('encodeWebp', 'sharp', cause);
  });
  const settings = quality === 'lossless' ? { lossless: true, exact: true } : { quality };
  return webpAnimation('encodeWebp', frames, options, async ({ width, height, data }) =>
    sharp(data, { raw: { width, height, channels: 4 } })
      .webp(settings)
      .toBuffer(),
  );
}
