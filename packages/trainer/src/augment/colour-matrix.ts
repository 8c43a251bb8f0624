/**
 * An affine map of a colour `(r, g, b)`: `linear` by rows, then `offset` added.
 * From StyleGAN2-ADA (Karras et al. 2020, appendix B); "luma" is the grey axis `(1, 1, 1) / sqrt(3)`.
 */
export interface ColourMap {
  readonly linear: readonly number[];
  readonly offset: readonly number[];
}

const axes = [0, 1, 2];

/** Each entry `(row, column)` of a 3 x 3 matrix. */
function matrix(entry: (row: number, column: number) => number): number[] {
  return axes.flatMap((row) => axes.map((column) => entry(row, column)));
}

const one = (row: number, column: number) => (row === column ? 1 : 0);

function linearOnly(entry: (row: number, column: number) => number): ColourMap {
  return { linear: matrix(entry), offset: [0, 0, 0] };
}

export const sameColours: ColourMap = linearOnly(one);

/** Adds to every channel, in units of the images' [-1, 1]. */
export function brightened(by: number): ColourMap {
  return { linear: sameColours.linear, offset: [by, by, by] };
}

/** Multiplies every channel, about 0, the middle grey. */
export function contrasted(factor: number): ColourMap {
  return linearOnly((row, column) => factor * one(row, column));
}

/** Light for dark with the hue kept: mirrored at the plane across the grey axis. */
export const lumaFlipped: ColourMap = linearOnly((row, column) => one(row, column) - 2 / 3);

/** Turned about the grey axis by an angle in radians, after Rodrigues. */
export function hueTurned(angle: number): ColourMap {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return linearOnly((row, column) => {
    // The cross product with the axis: +1 one after another, -1 the other way round.
    const cross = [0, -1, 1][(column - row + 3) % 3] ?? 0;
    return cos * one(row, column) + (sin * cross) / Math.sqrt(3) + (1 - cos) / 3;
  });
}

/** The distance from the grey axis multiplied; 0 makes the image grey (the channels' mean). */
export function saturated(factor: number): ColourMap {
  return linearOnly((row, column) => factor * one(row, column) + (1 - factor) / 3);
}

/** What first does as `first`, then as `second`. */
export function afterColours(first: ColourMap, second: ColourMap): ColourMap {
  const times = (row: number, values: (k: number) => number) =>
    axes.reduce((sum, k) => sum + (second.linear[3 * row + k] ?? 0) * values(k), 0);
  return {
    linear: matrix((row, column) => times(row, (k) => first.linear[3 * k + column] ?? 0)),
    offset: axes.map((row) => times(row, (k) => first.offset[k] ?? 0) + (second.offset[row] ?? 0)),
  };
}
