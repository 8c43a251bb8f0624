import { argumentError, assertFinite, assertInteger, assertOneOf } from '@eigengan/core';
import { blankPicture, fillBox } from './canvas';
import { type Color, lightness } from './color';
import { rampColor, signedColor } from './color-ramp';
import { formatNumber } from './format-number';
import { drawHeading, type HeadingOptions, headingHeight, headingWidth, margin, textSize } from './heading';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import { type Theme, type ThemeName, themeOf } from './theme';

export interface HeatMapOptions extends HeadingOptions {
  /** One text a row. Default none. */
  readonly rowLabels?: readonly string[] | undefined;
  /** One text a column. Default none. */
  readonly columnLabels?: readonly string[] | undefined;
  /** What the columns are, above their labels. Default none. */
  readonly columnTitle?: string | undefined;
  /** The values of the faintest and the strongest color; beyond them the color stays. Default: of the data. */
  readonly range?: readonly [min: number, max: number] | undefined;
  /** Decimal places of the number in each cell. Default 2. */
  readonly decimals?: number | undefined;
  /** `signed` sets values below zero off in another color; the range is then the same on both sides. Default `plain`. */
  readonly colors?: 'plain' | 'signed' | undefined;
  /** Side of a cell in pixels. Default 64. */
  readonly cellSize?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const gap = 3;

/**
 * A matrix as colored cells with its numbers in them, row 0 on top. A cell that is not finite has a frame
 * instead of a color, and says what it holds.
 *
 * @param matrix rows of equal length, at least one by one
 * @throws ArgumentError for a ragged or empty matrix, or labels that do not match its size
 */
export function heatMap(matrix: readonly (readonly number[])[], options: HeatMapOptions = {}): Picture {
  const columns = assertMatrix(matrix);
  const { rowLabels = [], columnLabels = [], columnTitle = '', cellSize = 64, decimals = 2 } = options;
  assertLabels('heatMap: rowLabels', rowLabels, matrix.length);
  assertLabels('heatMap: columnLabels', columnLabels, columns);
  assertInteger('heatMap: cellSize', cellSize, { min: 8, max: 1024 });
  assertInteger('heatMap: decimals', decimals, { min: 0, max: 10 });
  const { colors = 'plain' } = options;
  assertOneOf('heatMap: colors', colors, ['plain', 'signed']);
  const range = rangeOf(matrix, options.range);
  const theme = themeOf('heatMap', options.theme);
  const colorOf = (colors === 'signed' ? signedColors : plainColors)(range, theme);

  const step = cellSize + gap;
  const size = textSize.label;
  const titleHeight = columnTitle === '' ? 0 : size + 12;
  const labelHeight = columnLabels.length === 0 ? 0 : size + 10;
  const labelWidth =
    rowLabels.length === 0 ? 0 : Math.max(...rowLabels.map((text) => textWidth(text, size))) + 14;
  const left = margin + labelWidth;
  const top = margin + headingHeight(options) + titleHeight + labelHeight;
  const inner = Math.max(left - margin + columns * step - gap, headingWidth(options));
  const picture = blankPicture(
    inner + 2 * margin,
    top + matrix.length * step - gap + margin,
    theme.background,
  );
  drawHeading(picture, options, theme);

  const center = left + (columns * step - gap) / 2;
  const titleY = margin + headingHeight(options);
  drawText(picture, columnTitle, center, titleY, { size, color: theme.muted, align: 'center' });
  for (const [column, text] of columnLabels.entries()) {
    const x = left + column * step + cellSize / 2;
    drawText(picture, text, x, titleY + titleHeight, { size, color: theme.ink, align: 'center' });
  }
  for (const [row, values] of matrix.entries()) {
    const y = top + row * step;
    const textY = y + (cellSize - size) / 2;
    drawText(picture, rowLabels[row] ?? '', left - 14, textY, { size, color: theme.ink, align: 'right' });
    for (const [column, value] of values.entries()) {
      const box = { x: left + column * step, y, width: cellSize, height: cellSize };
      drawCell(picture, box, value, formatNumber(value, decimals), colorOf, theme);
    }
  }
  return picture;
}

function drawCell(
  picture: Picture,
  box: { x: number; y: number; width: number; height: number },
  value: number,
  text: string,
  colorOf: (value: number) => Color,
  theme: Theme,
): void {
  const finite = Number.isFinite(value);
  const color = colorOf(value);
  fillBox(picture, box, finite ? color : theme.muted);
  if (!finite) {
    const hole = { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 };
    fillBox(picture, hole, theme.background);
  }
  const size = textSize.label;
  if (textWidth(text, size) > box.width - 6) return;
  const below = lightness(finite ? color : theme.background);
  drawText(picture, text, box.x + box.width / 2, box.y + (box.height - size) / 2, {
    size,
    color: below > 0.5 ? [36, 39, 46] : [250, 250, 250],
    align: 'center',
  });
}

/** The color of a value by its place in the range. */
function plainColors([min, max]: readonly [number, number], theme: Theme) {
  return (value: number): Color =>
    rampColor(theme, max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0);
}

/** The color of a value by its sign, and by its size as a part of the range's larger end. */
function signedColors([min, max]: readonly [number, number], theme: Theme) {
  const most = Math.max(Math.abs(min), Math.abs(max));
  return (value: number): Color => signedColor(theme, most > 0 ? Math.min(1, Math.max(-1, value / most)) : 0);
}

function assertMatrix(matrix: readonly (readonly number[])[]): number {
  const columns = matrix[0]?.length ?? 0;
  if (columns === 0) throw argumentError('heatMap: matrix', 'must be at least 1 x 1', matrix);
  const ragged = matrix.findIndex((row) => row.length !== columns);
  if (ragged >= 0) {
    const got = matrix[ragged]?.length;
    throw argumentError(`heatMap: matrix[${ragged}]`, `must have ${columns} columns like matrix[0]`, got);
  }
  return columns;
}

function assertLabels(where: string, labels: readonly string[], count: number): void {
  if (labels.length === 0 || labels.length === count) return;
  throw argumentError(where, `must hold ${count} texts, or none`, labels.length);
}

function rangeOf(
  matrix: readonly (readonly number[])[],
  given: readonly [number, number] | undefined,
): readonly [number, number] {
  if (given !== undefined) {
    assertFinite('heatMap: range[0]', given[0]);
    assertFinite('heatMap: range[1]', given[1], { exclusiveMin: given[0] });
    return given;
  }
  const finite = matrix.flat().filter(Number.isFinite);
  return finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
}
