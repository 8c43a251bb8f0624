import { argumentError, assertInteger } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { blankPicture, drawPicture, setAlpha } from './canvas';
import { parseColor } from './color';
import { drawHeading, type HeadingOptions, headingHeight, headingWidth, margin } from './heading';
import type { Picture } from './picture';
import { type ThemeName, themeOf } from './theme';
import { assertImages, toPictures } from './to-pictures';

export interface SampleGridOptions extends HeadingOptions {
  /** Images in a row. Default: what makes the grid about square. */
  readonly columns?: number | undefined;
  /** Screen pixels per image pixel, an integer (nearest neighbour). Default: about 72 pixels an image. */
  readonly scale?: number | undefined;
  /** Pixels between images. Default 4. */
  readonly gap?: number | undefined;
  /** Color of the ground as `#rrggbb`, or `transparent`, without words then. Default the theme's. */
  readonly background?: string | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

/**
 * Many images in one picture, row by row in the order of the batch.
 *
 * @param images `[batch, height, width, channels]` in [-1, 1], 1, 3 or 4 channels, drawn as `toPictures`
 * draws them; it stays the caller's to dispose of
 * @throws ArgumentError for what is not such images, or an option out of its range
 */
export async function sampleGrid(images: Tensor, options: SampleGridOptions = {}): Promise<Picture> {
  assertImages('sampleGrid: images', images);
  const [batch, height, width] = images.shape;
  const { columns = squareColumns(batch, height, width), scale = defaultScale(height, width) } = options;
  const { gap = 4 } = options;
  assertInteger('sampleGrid: columns', columns, { min: 1 });
  assertInteger('sampleGrid: scale', scale, { min: 1, max: 64 });
  assertInteger('sampleGrid: gap', gap, { min: 0, max: 1024 });
  const theme = themeOf('sampleGrid', options.theme);
  const isClear = options.background === 'transparent';
  if (isClear && headingHeight(options) > 0) {
    throw argumentError('sampleGrid: background', 'must be a color below words', options.background);
  }
  const background =
    options.background === undefined || isClear
      ? theme.background
      : parseColor('sampleGrid: background', options.background);

  const used = Math.min(columns, batch);
  const rows = Math.ceil(batch / columns);
  const stepX = width * scale + gap;
  const stepY = height * scale + gap;
  const top = margin + headingHeight(options);
  const inner = Math.max(used * stepX - gap, headingWidth(options));
  const picture = blankPicture(inner + 2 * margin, top + rows * stepY - gap + margin, background);
  drawHeading(picture, options, theme);
  if (isClear) setAlpha(picture, { x: 0, y: 0, width: picture.width, height: picture.height }, 0);
  for (const [i, tile] of (await toPictures(images)).entries()) {
    const place = { x: margin + (i % columns) * stepX, y: top + Math.floor(i / columns) * stepY };
    drawPicture(picture, tile, place.x, place.y, scale);
    if (isClear) setAlpha(picture, { ...place, width: width * scale, height: height * scale }, 255);
  }
  return picture;
}

/** The integer scale at which the longer side of an image is at least 72 pixels. */
export function defaultScale(height: number, width: number): number {
  return Math.ceil(72 / Math.max(height, width));
}

function squareColumns(batch: number, height: number, width: number): number {
  return Math.max(1, Math.min(batch, Math.ceil(Math.sqrt((batch * height) / width))));
}
