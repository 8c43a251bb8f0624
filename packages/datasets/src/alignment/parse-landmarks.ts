import { argumentError, assertFields, formatError } from '@eigengan/core';
import { type FaceLandmarks, largestCoordinate } from './face-landmarks';
import { type LandmarkTable, landmarkTable } from './landmark-table';
import { decimal } from './number-text';
import { type TextLine, textLines } from './text-lines';

export interface ParseLandmarksOptions {
  /** What errors call the text: its file's path. */
  readonly name?: string | undefined;
  /** Titles of the columns to read, x and y of each landmark; by default all after the picture's name, in order. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * Reads the landmarks of many pictures from a text, a line each: the picture's name, then x and y of each
 * landmark, pixels.
 *
 * - CSV (RFC 4180), with a line of titles or without.
 * - CelebA's `list_landmarks_celeba.txt` and `list_landmarks_align_celeba.txt`: the number of pictures, the titles of
 *   the coordinates, then the lines, separated by spaces. The first two may be missing, as in the lists of 68
 *   landmarks of https://github.com/LynnHo/Facial-Landmarks-of-Face-Datasets.
 *
 * @throws FormatError, with the line, at a wrong count, a picture that comes twice, or what is no number
 */
export function parseLandmarks(text: string, options: ParseLandmarksOptions = {}): FaceLandmarks {
  if (typeof text !== 'string') throw argumentError('parseLandmarks', 'needs the text of a file', text);
  assertFields('parseLandmarks', options, ['name', 'columns']);
  const { name: where = 'landmarks', columns } = options;
  const lines = textLines(text);
  let first = lines.next().value;
  const count = first !== undefined && /^\d+$/.test(first.text) ? first : undefined;
  if (count !== undefined) first = lines.next().value;
  if (first === undefined) throw noPictures(where);

  const table = landmarkTable(where, first, columns);
  const rows = new Rows(where, table);
  if (!table.hasTitles) rows.add(first);
  for (const line of lines) rows.add(line);
  const { names } = rows;
  if (count !== undefined && Number(count.text) !== names.length) {
    throw formatError(where, `must hold ${count.text} pictures, as line ${count.number} says`, names.length);
  }
  if (names.length === 0) throw noPictures(where);
  return { names, perFace: table.layout.length / 2, points: rows.points() };
}

function noPictures(where: string) {
  return formatError(
    where,
    'must hold a line for each picture: its name, then x and y of each landmark',
    'none',
  );
}

/** Rows read so far, in arrays that grow. */
class Rows {
  readonly names: string[] = [];
  #values = new Float64Array(1024);
  #length = 0;
  readonly #lines = new Map<string, number>();
  readonly #where: string;
  readonly #table: LandmarkTable;

  constructor(where: string, table: LandmarkTable) {
    this.#where = where;
    this.#table = table;
  }

  add({ text, number }: TextLine): void {
    const at = `${this.#where}: line ${number}`;
    const { layout, width } = this.#table;
    const fields = this.#table.fields(text);
    if (fields === undefined) throw formatError(at, 'a quoted field must end in the same line', text);
    if (fields.length !== width) {
      throw formatError(at, `must hold a name and ${width - 1} values`, `${fields.length} fields`);
    }
    const name = fields[0]!;
    if (name === '') throw formatError(at, "must begin with the picture's name", text);
    const before = this.#lines.get(name);
    if (before !== undefined) throw formatError(at, `must be another picture than line ${before}`, name);
    this.#lines.set(name, number);
    this.names.push(name);
    this.#reserve(layout.length);
    for (const field of layout) this.#values[this.#length++] = coordinate(at, fields[field]!, field);
  }

  points(): Float64Array {
    return this.#values.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#values.length) return;
    const larger = new Float64Array(2 * (this.#length + more));
    larger.set(this.#values);
    this.#values = larger;
  }
}

function coordinate(at: string, text: string, field: number): number {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(value) <= largestCoordinate) return value;
  throw formatError(`${at}: value ${field}`, `must be a number of pixels within ${largestCoordinate}`, text);
}
