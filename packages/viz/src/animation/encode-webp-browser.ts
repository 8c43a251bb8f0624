import { assertInteger, EigenganError } from '@eigengan/core';
import type { AnimationOptions, Frames } from './animation';
import { canvasOf } from './canvas-of';
import { webpAnimation } from './webp-animation';

export interface WebpOptions extends AnimationOptions {
  /** 1 to 100; 100, the default, is without loss where the browser's encoder does so. */
  readonly quality?: number | undefined;
}

/**
 * Frames as the bytes of an animated WebP file, by the browser's own encoder. Frame times are milliseconds.
 * Holds one frame at a time beside the file.
 *
 * @throws ArgumentError when there is no frame, their sizes differ, or an option is out of its range; EigenganError
 * when the browser writes no WebP (Safari)
 */
export async function encodeWebp(frames: Frames, options: WebpOptions = {}): Promise<Uint8Array> {
  const { quality = 100 } = options;
  assertInteger('encodeWebp: quality', quality, { min: 1, max: 100 });
  return webpAnimation('encodeWebp', frames, options, async (picture) => {
    const blob = await canvasOf(picture).convertToBlob({ type: 'image/webp', quality: quality / 100 });
    if (blob.type !== 'image/webp') throw new EigenganError('encodeWebp: this browser writes no WebP files');
    return new Uint8Array(await blob.arrayBuffer());
  });
}
