import { assertOneOf, formatError } from '@eigengan/core';
import { fewestLandmarks } from './face-landmarks';
import { decimal } from './number-text';
import { csvFields, type TextLine, wordFields } from './text-lines';

/** How the lines of a text of landmarks are to be read. */
export interface LandmarkTable {
  /** Of a line, the picture's name first; undefined when a quote does not end. */
  fields(line: string): string[] | undefined;
  /** How many fields a line has. */
  readonly width: number;
  /** Which fields are x and y of each landmark. */
  readonly layout: readonly number[];
  /** Whether the first line holds titles, not a picture. */
  readonly hasTitles: boolean;
}

/** Tells a text's form by its first line: titles or a picture, with commas or spaces between. */
export function landmarkTable(
  where: string,
  first: TextLine,
  columns: readonly string[] | undefined,
): LandmarkTable {
  const at = `${where}: line ${first.number}`;
  const fields = first.text.includes(',') ? csvFields : wordFields;
  const cells = fields(first.text);
  if (cells === undefined) throw formatError(at, 'a quoted field must end in the same line', first.text);
  if (cells.length > 1 && cells.slice(1).every((cell) => decimal.test(cell))) {
    if (columns !== undefined)
      throw formatError(at, 'must hold titles, as columns are asked for', first.text);
    const layout = pairs(
      at,
      Array.from(cells.slice(1), (_, i) => i + 1),
    );
    return { fields, width: cells.length, layout, hasTitles: false };
  }
  // The picture's name has a title in CSV, and none in CelebA's lists.
  const titles = fields === csvFields || cells.length % 2 === 1 ? cells.slice(1) : cells;
  const layout = pairs(at, columns === undefined ? inOrder(at, titles) : byTitle(at, titles, columns));
  return { fields, width: titles.length + 1, layout, hasTitles: true };
}

function byTitle(at: string, titles: readonly string[], columns: readonly string[]): number[] {
  return columns.map((column) => {
    assertOneOf(`${at}: the column`, column, titles);
    return titles.indexOf(column) + 1;
  });
}

function inOrder(at: string, titles: readonly string[]): number[] {
  return titles.map((title, i) => {
    const axis = axisOf(title);
    const expected = i % 2 === 0 ? 'x' : 'y';
    if (axis === undefined || axis === expected) return i + 1;
    throw formatError(at, `x and y take turns, so title ${i + 1} must be an ${expected}`, title, {
      hint: 'Say by columns which are x and y of each landmark',
    });
  });
}

/** `x` of `lefteye_x`, `x_0`, `X1`. */
function axisOf(title: string): string | undefined {
  return /(?:^|[^a-z])([xy])(?:[^a-z]|$)/i.exec(title)?.[1]?.toLowerCase();
}

function pairs(at: string, layout: number[]): number[] {
  if (layout.length % 2 === 0 && layout.length >= 2 * fewestLandmarks) return layout;
  throw formatError(
    at,
    `must hold x and y of at least ${fewestLandmarks} landmarks`,
    `${layout.length} values`,
  );
}
