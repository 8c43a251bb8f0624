import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import { blankPicture, drawPicture } from './canvas';
import { drawHeading, type HeadingOptions, headingHeight, headingWidth, margin } from './heading';
import { assertPicture, type Picture } from './picture';
import { type ThemeName, themeOf } from './theme';

export interface StackedOptions extends HeadingOptions {
  /** Pixels between pictures. Default 0. */
  readonly gap?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

/**
 * Pictures below each other, their left edges in line, under one heading.
 *
 * @throws ArgumentError when there is none, or one is not a picture
 */
export function stacked(pictures: readonly Picture[], options: StackedOptions = {}): Picture {
  assertFields('stacked', options, ['title', 'subtitle', 'gap', 'theme']);
  if (pictures.length === 0) throw argumentError('stacked: pictures', 'must hold at least one', pictures);
  for (const [i, picture] of pictures.entries()) assertPicture(`stacked: pictures[${i}]`, picture);
  const { gap = 0 } = options;
  assertInteger('stacked: gap', gap, { min: 0, max: 10_000 });
  const theme = themeOf('stacked', options.theme);
  const heading = headingHeight(options);
  const top = heading === 0 ? 0 : margin + heading;
  const words = heading === 0 ? 0 : headingWidth(options) + 2 * margin;
  const height = pictures.reduce((sum, picture) => sum + picture.height + gap, top - gap);
  const column = blankPicture(
    Math.max(words, ...pictures.map(({ width }) => width)),
    height,
    theme.background,
  );
  drawHeading(column, options, theme);
  let y = top;
  for (const picture of pictures) {
    drawPicture(column, picture, 0, y, 1);
    y += picture.height + gap;
  }
  return column;
}
