import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { drawPicture, frameBox } from './canvas';
import { type HeadingOptions, margin } from './heading';
import { contentTop, page } from './page';
import type { Picture } from './picture';
import { type ThemeName, themeOf } from './theme';
import { tileScale } from './tile-scale';
import { sharedShape, toPictures } from './to-pictures';

export interface InterpolationStripOptions extends HeadingOptions {
  /** Screen pixels per image pixel, an integer (nearest neighbour). Default: about 72 pixels an image. */
  readonly scale?: number | undefined;
  /** Pixels between images. Default 2. */
  readonly gap?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const rowGap = 14;
const frame = 2;

/**
 * The way from one image to another, a strip each: the first and the last image of a strip, which are what is
 * interpolated between, have a frame.
 *
 * @param strips each `[images, height, width, channels]` in [-1, 1], all of one shape, at least two images; they
 * stay the caller's to dispose of
 * @throws ArgumentError when there is no strip, one is not such images, or their shapes differ
 */
export async function interpolationStrip(
  strips: readonly Tensor[],
  options: InterpolationStripOptions = {},
): Promise<Picture> {
  assertFields('interpolationStrip', options, ['title', 'subtitle', 'scale', 'gap', 'theme']);
  const where = 'interpolationStrip: strips';
  const shape = sharedShape(strips.map((images, i) => ({ where: `${where}[${i}]`, images })));
  if (shape === undefined) throw argumentError(where, 'must hold at least one', strips);
  const [count, height, width] = shape;
  if (count < 2) throw argumentError(`${where}[0]`, 'must hold at least two images', count);
  const { gap = 2 } = options;
  const scale = tileScale('interpolationStrip', options.scale, height, width);
  assertInteger('interpolationStrip: gap', gap, { min: 0, max: 1024 });
  const theme = themeOf('interpolationStrip', options.theme);

  // A frame stands outside its image.
  const step = width * scale + Math.max(gap, frame);
  const rowStep = height * scale + rowGap;
  const left = margin + frame;
  const top = contentTop(options) + frame;
  const picture = page(options, theme, {
    width: count * step - Math.max(gap, frame) + 2 * frame,
    height: strips.length * rowStep - rowGap + 2 * frame,
  });
  for (const [row, strip] of strips.entries()) {
    const y = top + row * rowStep;
    for (const [i, image] of (await toPictures(strip)).entries()) {
      const x = left + i * step;
      drawPicture(picture, image, x, y, scale);
      if (i > 0 && i < count - 1) continue;
      frameBox(picture, { x, y, width: width * scale, height: height * scale }, frame, theme.accent);
    }
  }
  return picture;
}
