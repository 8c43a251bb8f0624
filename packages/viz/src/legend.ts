import { fillBox } from './canvas';
import { margin, textSize } from './heading';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import type { Theme } from './theme';

/** What a legend names. */
interface Named {
  readonly name: string;
}

const size = textSize.label;
const step = (name: string) => 22 + textWidth(name, size) + 20;

/** The color of series `i`, the first again after the last. */
export function seriesColor(theme: Theme, i: number) {
  return theme.series[i % theme.series.length] ?? theme.accent;
}

/** How wide a legend is, in pixels. */
export function legendWidth(series: readonly Named[]): number {
  return series.reduce((sum, { name }) => sum + step(name), 0);
}

/** Writes a square of its color and the name of each series, from the margin on. */
export function drawLegend(picture: Picture, series: readonly Named[], y: number, theme: Theme): void {
  let x = margin;
  for (const [i, { name }] of series.entries()) {
    fillBox(picture, { x, y: y - 1, width: 13, height: 13 }, seriesColor(theme, i));
    drawText(picture, name, x + 22, y, { size, color: theme.muted });
    x += step(name);
  }
}
