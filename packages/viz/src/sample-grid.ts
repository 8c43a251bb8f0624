import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { blankPicture, drawPicture } from './canvas';
import { parseColor } from './color';
import { type HeadingOptions, headingHeight, margin } from './heading';
import { contentTop, page } from './page';
import type { Picture } from './picture';
import { type ThemeName, themeOf, themeOn } from './theme';
import { tileScale } from './tile-scale';
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

const fields = ['title', 'subtitle', 'columns', 'scale', 'gap', 'background', 'theme'];

/**
 * Many images in one picture, row by row in the order of the batch.
 *
 * @param images `[batch, height, width, channels]` in [-1, 1], 1, 3 or 4 channels, drawn as `toPictures`
 * draws them; it stays the caller's to dispose of
 * @throws ArgumentError for what is not such images, or an option out of its range
 */
export async function sampleGrid(images: Tensor, options: SampleGridOptions = {}): Promise<Picture> {
  assertFields('sampleGrid', options, fields);
  assertImages('sampleGrid: images', images);
  const [batch, height, width] = images.shape;
  const { columns = squareColumns(batch, height, width), gap = 4, background } = options;
  assertInteger('sampleGrid: columns', columns, { min: 1 });
  const scale = tileScale('sampleGrid', options.scale, height, width);
  assertInteger('sampleGrid: gap', gap, { min: 0, max: 1024 });
  const isClear = background === 'transparent';
  if (isClear && headingHeight(options) > 0) {
    throw argumentError('sampleGrid: background', 'must be a color below words', background);
  }
  const ground =
    background === undefined || isClear ? undefined : parseColor('sampleGrid: background', background);
  const theme = themeOf('sampleGrid', options.theme);

  const rows = Math.ceil(batch / columns);
  const [stepX, stepY] = [width * scale + gap, height * scale + gap];
  const content = { width: Math.min(columns, batch) * stepX - gap, height: rows * stepY - gap };
  const picture = isClear
    ? blankPicture(content.width + 2 * margin, content.height + 2 * margin)
    : page(options, ground === undefined ? theme : themeOn(ground), content, ground);
  const top = contentTop(options);
  for (const [i, tile] of (await toPictures(images)).entries()) {
    const [x, y] = [margin + (i % columns) * stepX, top + Math.floor(i / columns) * stepY];
    drawPicture(picture, tile, x, y, scale);
  }
  return picture;
}

/** So many images in a row that the grid is about square. */
function squareColumns(batch: number, height: number, width: number): number {
  return Math.max(1, Math.min(batch, Math.ceil(Math.sqrt((batch * height) / width))));
}
