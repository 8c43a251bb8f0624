import type { CacheContents } from '../cache/image-cache';
import type { Prepared } from '../decode/prepare';

/** Of a quarter of a megabyte an image, so that a kill is likely to come amid one. */
export const killedCache: CacheContents = { fingerprint: 'killed', length: 80, imageBytes: 2 ** 18 };

export function killedImage(index: number): Prepared {
  const image = new Uint8Array(killedCache.imageBytes);
  for (let i = 0; i < image.length; i++) image[i] = (i * 31 + (i >> 9) + index * 17) & 255;
  return { image, original: { height: index, width: 1, channels: 3 } };
}
