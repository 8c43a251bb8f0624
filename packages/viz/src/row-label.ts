import { type Box, fillBox } from './canvas';
import { formatNumber } from './format-number';
import { textSize } from './heading';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import type { Theme } from './theme';

/** What a sheet says of an eigen-dimension. */
export interface DimensionLabel {
  /** The layer it belongs to, 0 the deepest. */
  readonly layer: number;
  /** Its place by |importance| within the layer, 1 for the largest (not how many dimensions the layer has). */
  readonly rank: number;
  /** L of the subspace layer; its sign is shown. */
  readonly importance: number;
  /** What a person calls it. */
  readonly name?: string | undefined;
  /** How much it moves the picture, in whatever unit the caller measures. */
  readonly activity?: number | undefined;
}

/** A row's label: an eigen-dimension, or any text. */
export type RowLabel = string | DimensionLabel;

const lineGap = 9;
const barHeight = 4;

interface Line {
  readonly text: string;
  readonly size: number;
  readonly quiet: boolean;
}

/** The lines of a label from the top. */
function linesOf(label: RowLabel): Line[] {
  if (typeof label === 'string') return [{ text: label, size: textSize.label, quiet: false }];
  const { rank, importance, name, activity } = label;
  const place = `rank ${rank}`;
  return [
    ...(name ? [{ text: name, size: textSize.label, quiet: false }] : []),
    { text: place, size: name ? textSize.small : textSize.label, quiet: Boolean(name) },
    ...(activity === undefined
      ? []
      : [{ text: `activity ${formatNumber(activity, 3)}`, size: textSize.small, quiet: true }]),
    { text: `importance ${formatNumber(importance, 2)}`, size: textSize.small, quiet: true },
  ];
}

/** How wide a label is, in pixels. */
export function rowLabelWidth(label: RowLabel): number {
  return Math.max(...linesOf(label).map(({ text, size }) => textWidth(text, size)));
}

/** How high a label is, in pixels. */
export function rowLabelHeight(label: RowLabel): number {
  const lines = linesOf(label);
  const text = lines.reduce((sum, { size }) => sum + size, 0) + (lines.length - 1) * lineGap;
  return typeof label === 'string' ? text : text + lineGap + barHeight;
}

/** Writes a label in the middle of a box's height, its importance as a bar of at most the box's width. */
export function drawRowLabel(
  picture: Picture,
  label: RowLabel,
  box: Box,
  strongest: number,
  theme: Theme,
): void {
  let y = box.y + Math.floor((box.height - rowLabelHeight(label)) / 2);
  for (const { text, size, quiet } of linesOf(label)) {
    drawText(picture, text, box.x, y, { size, color: quiet ? theme.muted : theme.ink });
    y += size + lineGap;
  }
  if (typeof label === 'string') return;
  const part = strongest > 0 ? Math.abs(label.importance) / strongest : 0;
  fillBox(picture, { x: box.x, y, width: box.width, height: barHeight }, theme.hairline);
  fillBox(picture, { x: box.x, y, width: box.width * part, height: barHeight }, theme.accent);
}
