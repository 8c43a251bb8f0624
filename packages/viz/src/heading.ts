import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import type { Theme } from './theme';

/** The words above a drawing. */
export interface HeadingOptions {
  /** The largest words of the drawing. Default none. */
  readonly title?: string | undefined;
  /** A quieter line below the title. Default none. */
  readonly subtitle?: string | undefined;
}

/** Sizes of text everywhere: heights of a capital letter in pixels. */
export const textSize = { title: 17, label: 11, small: 9 } as const;

/** The blank border of every drawing, in pixels. */
export const margin = 28;

/** How high a heading is with the space below it, in pixels. */
export function headingHeight({ title, subtitle }: HeadingOptions): number {
  const words = (title ? textSize.title : 0) + (subtitle ? textSize.label : 0) + (title && subtitle ? 12 : 0);
  return words === 0 ? 0 : words + 22;
}

/** How wide a heading is, in pixels. */
export function headingWidth({ title = '', subtitle = '' }: HeadingOptions): number {
  return Math.max(textWidth(title, textSize.title), textWidth(subtitle, textSize.label));
}

/** Writes the heading in the upper left corner inside the margin. */
export function drawHeading(picture: Picture, { title, subtitle }: HeadingOptions, theme: Theme): void {
  if (title) drawText(picture, title, margin, margin, { size: textSize.title, color: theme.ink });
  if (subtitle) {
    const y = margin + (title ? textSize.title + 12 : 0);
    drawText(picture, subtitle, margin, y, { size: textSize.label, color: theme.muted });
  }
}
