import { argumentError, assertFields, assertFinite } from '@eigengan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { drawPicture, fillBox, frameBox } from './canvas';
import { extent } from './extent';
import { decimalsFor, formatNumber } from './format-number';
import { type HeadingOptions, margin, textSize } from './heading';
import { contentTop, page } from './page';
import type { Picture } from './picture';
import { type DimensionLabel, drawRowLabel, type RowLabel, rowLabelHeight, rowLabelWidth } from './row-label';
import { drawText, textWidth } from './text';
import { type Theme, type ThemeName, themeOf } from './theme';
import { tileScale } from './tile-scale';
import { assertImages, toPictures } from './to-pictures';

/** One row of a traversal sheet: what one dimension does to the picture. */
export interface TraversalRow {
  /** A dimension's place and weight, or any text. */
  readonly label: RowLabel;
  /** `[values, height, width, channels]` in [-1, 1]: one image for each value. */
  readonly images: Tensor;
}

export interface TraversalSheetOptions extends HeadingOptions {
  /** The coordinate's value in each column, as set on the dimension. */
  readonly values: readonly number[];
  /** The value whose column is marked: what the picture is when nothing is moved. Default 0. */
  readonly mode?: number | undefined;
  /** Screen pixels per image pixel, an integer (nearest neighbour). Default: about 72 pixels an image. */
  readonly scale?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const fields = ['title', 'subtitle', 'values', 'mode', 'scale', 'theme'];

/** Where everything of a sheet stands, in pixels. */
interface Layout {
  readonly theme: Theme;
  readonly scale: number;
  readonly tile: { readonly width: number; readonly height: number };
  /** The text above each column. */
  readonly texts: readonly string[];
  /** As wide as an image, or as the widest text. */
  readonly columnWidth: number;
  /** Left edge of each column and top edge of each row. */
  readonly lefts: readonly number[];
  /** The mode's column, -1 if there is none. */
  readonly marked: number;
  readonly tops: readonly number[];
  readonly rowHeight: number;
  /** The first row of each group, and the group's words. */
  readonly groups: ReadonlyMap<number, string>;
  /** Its size without heading and margins. */
  readonly content: { readonly width: number; readonly height: number };
}

const labelGap = 24;
const gap = 4;
/** Between the values above narrow columns. */
const textGap = 8;
/** How far the mode's column stands off from its neighbours. */
const modeGap = 14;
const rowGap = 10;
const groupHeight = 44;
const headerHeight = 26;

/**
 * A sheet with a row for each dimension and a column for each value it is given: the label on the left, the
 * values on top, the mode's column marked, rows of one layer under one heading.
 *
 * Rows are drawn in the order given; sort them before. Images are drawn as `toPictures` draws them and stay
 * the caller's to dispose of.
 *
 * @throws ArgumentError when there are no rows or values, or a value is not finite; when a row does not have one
 * image for each value, image sizes differ between rows, or an option is out of its range
 */
export async function traversalSheet(
  rows: readonly TraversalRow[],
  options: TraversalSheetOptions,
): Promise<Picture> {
  assertFields('traversalSheet', options, fields);
  assertRows(rows, options.values);
  const layout = layOut(rows, options);
  const { theme, tile, lefts, marked, tops, scale } = layout;
  const picture = page(options, theme, layout.content);

  const top = contentTop(options);
  const labelWidth = (lefts[0] ?? 0) - margin - labelGap;
  const markedX = lefts[marked];
  if (markedX !== undefined) {
    const height = layout.content.height + 16;
    fillBox(picture, { x: markedX - 8, y: top - 8, width: layout.columnWidth + 16, height }, theme.band);
  }
  drawValues(picture, layout, top);
  for (const [first, words] of layout.groups) drawGroup(picture, words, tops[first] ?? 0, layout);

  const [, strongest] = extent(rows.map(({ label }) => importanceOf(label)));
  for (const [i, { label, images }] of rows.entries()) {
    const rowTop = tops[i] ?? 0;
    const box = { x: margin, y: rowTop, width: labelWidth, height: layout.rowHeight };
    drawRowLabel(picture, label, box, strongest, theme);
    const y = rowTop + Math.floor((layout.rowHeight - tile.height) / 2);
    for (const [column, image] of (await toPictures(images)).entries()) {
      const x = (lefts[column] ?? 0) + Math.floor((layout.columnWidth - tile.width) / 2);
      drawPicture(picture, image, x, y, scale);
      if (column === marked) frameBox(picture, { x, y, ...tile }, 2, theme.accent);
    }
  }
  return picture;
}

function assertRows(rows: readonly TraversalRow[], values: readonly number[]): void {
  if (rows.length === 0) throw argumentError('traversalSheet: rows', 'must hold at least one row', rows);
  if (values.length === 0) throw argumentError('traversalSheet: values', 'must hold at least one', values);
  for (const [i, value] of values.entries()) assertFinite(`traversalSheet: values[${i}]`, value);
  const [, height, width] = rows[0]?.images.shape ?? [];
  for (const [i, { images }] of rows.entries()) {
    const where = `traversalSheet: rows[${i}].images`;
    assertImages(where, images);
    const [count, rowHeight, rowWidth] = images.shape;
    if (count !== values.length) {
      throw argumentError(where, `must hold one image for each of the ${values.length} values`, count);
    }
    if (rowHeight !== height || rowWidth !== width) {
      throw argumentError(where, `must be ${height} x ${width} like rows[0]`, `${rowHeight} x ${rowWidth}`);
    }
  }
}

function layOut(rows: readonly TraversalRow[], options: TraversalSheetOptions): Layout {
  const [, height = 1, width = 1] = rows[0]?.images.shape ?? [];
  const { values, mode = 0 } = options;
  assertFinite('traversalSheet: mode', mode);
  const scale = tileScale('traversalSheet', options.scale, height, width);
  const tile = { width: width * scale, height: height * scale };
  const labels = rows.map(({ label }) => label);
  const decimals = decimalsFor(values, 2);
  const texts = values.map((value) => (value === 0 ? '0' : formatNumber(value, decimals)));
  const columnWidth = Math.max(tile.width, ...texts.map((text) => textWidth(text, textSize.label) + textGap));
  const marked = values.findIndex((value) => Math.abs(value - mode) < 1e-9);
  const lefts: number[] = [];
  let x = margin + Math.max(...labels.map(rowLabelWidth)) + labelGap;
  for (const column of values.keys()) {
    if (column > 0) x += columnWidth + (column === marked || column - 1 === marked ? modeGap : gap);
    lefts.push(x);
  }
  const rowHeight = Math.max(tile.height, ...labels.map(rowLabelHeight));

  const groups = new Map<number, string>();
  const tops: number[] = [];
  const top = contentTop(options);
  let y = top + headerHeight;
  for (const [i, label] of labels.entries()) {
    const words = groupOf(label);
    if (i > 0 ? words !== groupOf(labels[i - 1]) : words !== '') {
      groups.set(i, words);
      y += groupHeight;
    }
    tops.push(y);
    y += rowHeight + rowGap;
  }
  return {
    theme: themeOf('traversalSheet', options.theme),
    scale,
    tile,
    texts,
    columnWidth,
    lefts,
    marked,
    tops,
    rowHeight,
    groups,
    content: { width: x + columnWidth - margin, height: y - rowGap - top },
  };
}

const isDimension = (label: RowLabel | undefined): label is DimensionLabel => typeof label === 'object';
const groupOf = (label: RowLabel | undefined) => (isDimension(label) ? `Layer ${label.layer}` : '');
const importanceOf = (label: RowLabel) => (isDimension(label) ? Math.abs(label.importance) : 0);

/** The values above the columns. */
function drawValues(picture: Picture, { theme, texts, columnWidth, lefts, marked }: Layout, y: number): void {
  for (const [column, text] of texts.entries()) {
    const x = (lefts[column] ?? 0) + columnWidth / 2;
    const color = column === marked ? theme.accent : theme.muted;
    drawText(picture, text, x, y, { size: textSize.label, color, align: 'center' });
  }
}

/** A layer's heading above its first row: its words and a line to the right edge. */
function drawGroup(picture: Picture, words: string, rowTop: number, { theme }: Layout): void {
  const y = rowTop - 26;
  drawText(picture, words, margin, y, { size: textSize.label, color: theme.ink });
  const x = margin + (words === '' ? 0 : textWidth(words, textSize.label) + 12);
  fillBox(picture, { x, y: y + 5, width: picture.width - margin - x, height: 1 }, theme.hairline);
}
