import { argumentError, assertFields, assertInteger } from '@eigengan/core';
import { blankPicture, drawPicture } from './canvas';
import { parseColor } from './color';
import { assertPicture, type Picture } from './picture';
import { type ThemeName, themeOf } from './theme';

export interface SideBySideOptions {
  /** Pixels between pictures. Default 0. */
  readonly gap?: number | undefined;
  /** Color of the ground as `#rrggbb`. Default the theme's. */
  readonly background?: string | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

/**
 * Pictures in one row, their upper edges in line.
 *
 * @throws ArgumentError when there is none, or one is not a picture
 */
export function sideBySide(pictures: readonly Picture[], options: SideBySideOptions = {}): Picture {
  assertFields('sideBySide', options, ['gap', 'background', 'theme']);
  if (pictures.length === 0) throw argumentError('sideBySide: pictures', 'must hold at least one', pictures);
  for (const [i, picture] of pictures.entries()) assertPicture(`sideBySide: pictures[${i}]`, picture);
  const { gap = 0 } = options;
  assertInteger('sideBySide: gap', gap, { min: 0, max: 10_000 });
  const background =
    options.background === undefined
      ? themeOf('sideBySide', options.theme).background
      : parseColor('sideBySide: background', options.background);

  const width = pictures.reduce((sum, picture) => sum + picture.width + gap, -gap);
  const row = blankPicture(width, Math.max(...pictures.map(({ height }) => height)), background);
  let x = 0;
  for (const picture of pictures) {
    drawPicture(row, picture, x, 0, 1);
    x += picture.width + gap;
  }
  return row;
}
