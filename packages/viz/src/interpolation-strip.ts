import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { blankPicture, drawPicture, frameBox } from './canvas';
import { drawHeading, type HeadingOptions, headingHeight, headingWidth, margin } from './heading';
import type { Picture } from './picture';
import { defaultScale } from './sample-grid';
import { type ThemeName, themeOf } from './theme';
import { assertImages, toPictures } from './to-pictures';

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
  const [count, height, width] = assertStrips(strips);
  const { scale = defaultScale(height, width), gap = 2 } = options;
  assertInteger('interpolationStrip: scale', scale, { min: 1, max: 64 });
  assertInteger('interpolationStrip: gap', gap, { min: 0, max: 1024 });
  const theme = themeOf('interpolationStrip', options.theme);

  // A frame stands outside its image.
  const step = width * scale + Math.max(gap, frame);
  const rowStep = height * scale + rowGap;
  const left = margin + frame;
  const top = margin + headingHeight(options) + frame;
  const inner = Math.max(count * step - Math.max(gap, frame) + 2 * frame, headingWidth(options));
  const total = top + strips.length * rowStep - rowGap + frame + margin;
  const picture = blankPicture(inner + 2 * margin, total, theme.background);
  drawHeading(picture, options, theme);
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

function assertStrips(strips: readonly Tensor[]): readonly [count: number, height: number, width: number] {
  const [first] = strips;
  if (first === undefined) {
    throw argumentError('interpolationStrip: strips', 'must hold at least one', strips);
  }
  for (const [i, strip] of strips.entries()) {
    const where = `interpolationStrip: strips[${i}]`;
    assertImages(where, strip);
    if (strip.shape[0] < 2) throw argumentError(where, 'must hold at least two images', strip.shape[0]);
    if (strip.shape.join() !== first.shape.join()) {
      throw argumentError(
        where,
        `must be of the shape of the first, [${first.shape.join(', ')}]`,
        strip.shape,
      );
    }
  }
  const [count = 0, height = 0, width = 0] = first.shape;
  return [count, height, width];
}
