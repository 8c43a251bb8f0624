import { argumentError, assertFields, assertFinite, assertInteger, assertOneOf } from '@eigengan/core';
import { type Box, fillBox, frameBox } from './canvas';
import type { Color } from './color';
import { rampColor, signedColor } from './color-ramp';
import { extent } from './extent';
import { formatNumber } from './format-number';
import { type HeadingOptions, margin, textSize } from './heading';
import { contentTop, page } from './page';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import { type Theme, type ThemeName, themeOf, themeOn } from './theme';

export interface HeatMapOptions extends HeadingOptions {
  /** One text a row. Default none. */
  readonly rowLabels?: readonly string[] | undefined;
  /** One text a column. Default none. */
  readonly columnLabels?: readonly string[] | undefined;
  /** What the columns are, above their labels. Default none. */
  readonly columnTitle?: string | undefined;
  /** The values of the faintest and the strongest color; beyond them the color stays. Default: of the data. */
  readonly range?: readonly [min: number, max: number] | undefined;
  /** Decimal places of the number in each cell; `none` leaves the numbers out. Default 2. */
  readonly decimals?: number | 'none' | undefined;
  /** `signed` sets values below zero off in another color; the range is then the same on both sides. Default `plain`. */
  readonly colors?: 'plain' | 'signed' | undefined;
  /** Side of a cell in pixels, more where its number or its column's label needs more. Default 64. */
  readonly cellSize?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const gap = 3;
const size = textSize.label;
/** Around the number in a cell. */
const padding = 4;
const fields = [
  ...['title', 'subtitle', 'rowLabels', 'columnLabels', 'columnTitle', 'range'],
  ...['decimals', 'colors', 'cellSize', 'theme'],
];

/**
 * A matrix as colored cells with its numbers in them, row 0 on top. A cell that is not finite has a frame
 * instead of a color, and says what it holds.
 *
 * @param matrix rows of equal length, at least one by one
 * @throws ArgumentError for a ragged or empty matrix, or labels that do not match its size
 */
export function heatMap(matrix: readonly (readonly number[])[], options: HeatMapOptions = {}): Picture {
  assertFields('heatMap', options, fields);
  const columns = assertMatrix(matrix);
  const { rowLabels = [], columnLabels = [], columnTitle = '', cellSize = 64, decimals = 2 } = options;
  assertLabels('heatMap: rowLabels', rowLabels, matrix.length);
  assertLabels('heatMap: columnLabels', columnLabels, columns);
  assertInteger('heatMap: cellSize', cellSize, { min: 8, max: 1024 });
  if (decimals !== 'none') assertInteger('heatMap: decimals', decimals, { min: 0, max: 10 });
  const { colors = 'plain' } = options;
  assertOneOf('heatMap: colors', colors, ['plain', 'signed']);
  const range = rangeOf(matrix, options.range);
  const theme = themeOf('heatMap', options.theme);
  const colorOf = (colors === 'signed' ? signedColors : plainColors)(range, theme);

  const texts = matrix.map((row) =>
    row.map((value) => (decimals === 'none' ? '' : formatNumber(value, decimals))),
  );
  const numbers = numbersIn(texts.flat(), cellSize);
  const cell = {
    width: Math.max(numbers.side, ...columnLabels.map((text) => textWidth(text, size) + 2 * padding)),
    height: numbers.side,
  };
  const [stepX, stepY] = [cell.width + gap, cell.height + gap];
  const titleHeight = columnTitle === '' ? 0 : size + 12;
  const labelHeight = columnLabels.length === 0 ? 0 : size + 10;
  const labelWidth =
    rowLabels.length === 0 ? 0 : Math.max(...rowLabels.map((text) => textWidth(text, size))) + 14;
  const left = margin + labelWidth;
  const titleY = contentTop(options);
  const top = titleY + titleHeight + labelHeight;
  const mapWidth = Math.max(columns * stepX - gap, textWidth(columnTitle, size));
  const picture = page(options, theme, {
    width: labelWidth + mapWidth,
    height: titleHeight + labelHeight + matrix.length * stepY - gap,
  });

  drawText(picture, columnTitle, left + mapWidth / 2, titleY, { size, color: theme.muted, align: 'center' });
  for (const [column, text] of columnLabels.entries()) {
    const x = left + column * stepX + cell.width / 2;
    drawText(picture, text, x, titleY + titleHeight, { size, color: theme.ink, align: 'center' });
  }
  for (const [row, values] of matrix.entries()) {
    const y = top + row * stepY;
    const textY = y + (cell.height - size) / 2;
    drawText(picture, rowLabels[row] ?? '', left - 14, textY, { size, color: theme.ink, align: 'right' });
    for (const [column, value] of values.entries()) {
      const box = { x: left + column * stepX, y, ...cell };
      const color = Number.isFinite(value) ? colorOf(value) : theme.background;
      fillBox(picture, box, color);
      if (!Number.isFinite(value)) frameBox(picture, inset(box, 2), 2, theme.muted);
      drawNumber(picture, box, texts[row]?.[column] ?? '', numbers.size, color);
    }
  }
  return picture;
}

/** In what size the numbers are written, smaller ones where large ones do not fit, and the side of a cell that holds them. */
function numbersIn(texts: readonly string[], cellSize: number) {
  const needed = (size: number) => extent(texts.map((text) => textWidth(text, size)))[1] + 2 * padding;
  const size = needed(textSize.label) <= cellSize ? textSize.label : textSize.small;
  return { size, side: Math.max(cellSize, needed(size)) };
}

function drawNumber(picture: Picture, box: Box, text: string, size: number, below: Color): void {
  drawText(picture, text, box.x + box.width / 2, box.y + (box.height - size) / 2, {
    size,
    color: themeOn(below).ink,
    align: 'center',
  });
}

/** A box without its outer `by` pixels. */
function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
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
  return finite.length === 0 ? [0, 1] : extent(finite);
}
