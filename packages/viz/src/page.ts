import { blankPicture } from './canvas';
import { drawHeading, type HeadingOptions, headingHeight, headingWidth, margin } from './heading';
import type { Picture } from './picture';
import type { Theme } from './theme';

/** Where below its heading a drawing's content begins, in pixels from the top. */
export function contentTop(heading: HeadingOptions): number {
  return margin + headingHeight(heading);
}

/** A drawing with its heading and nothing else yet, as large as content of this size, in pixels, needs. */
export function page(
  heading: HeadingOptions,
  theme: Theme,
  content: { readonly width: number; readonly height: number },
  ground = theme.background,
): Picture {
  const width = Math.max(content.width, headingWidth(heading)) + 2 * margin;
  const picture = blankPicture(width, contentTop(heading) + content.height + margin, ground);
  drawHeading(picture, heading, theme);
  return picture;
}
