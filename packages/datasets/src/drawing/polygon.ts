/** The corners of a polygon in turn: x0, y0, x1, y1, ... Either way round, but its edges do not cross. */
export type Polygon = readonly number[];

/** The area, positive when the corners go clockwise as seen with y downwards. */
export function areaOf(polygon: Polygon): number {
  let twice = 0;
  eachEdge(polygon, (x0, y0, x1, y1) => {
    twice += x0 * y1 - x1 * y0;
  });
  return twice / 2;
}

/** The polygon moved so that its center of mass is at (0, 0). */
export function centered(polygon: Polygon): Polygon {
  let momentX = 0;
  let momentY = 0;
  eachEdge(polygon, (x0, y0, x1, y1) => {
    const cross = x0 * y1 - x1 * y0;
    momentX += (x0 + x1) * cross;
    momentY += (y0 + y1) * cross;
  });
  const area = areaOf(polygon);
  return polygon.map((value, i) => value - (i % 2 === 0 ? momentX : momentY) / (6 * area));
}

/**
 * How much of each pixel the polygon covers: [height, width], 0 .. 1, exactly, pixel (row, column) being the unit
 * square from (column, row). What lies outside of the picture is cut off.
 *
 * Each edge adds the area between it and the right border, as a difference to the pixel on its left; running
 * sums along the rows turn the differences into areas.
 */
export function coverageOf(polygon: Polygon, height: number, width: number): Float64Array {
  const cover = new Float64Array(height * width);
  eachEdge(polygon, (x0, y0, x1, y1) => {
    if (y0 === y1) return;
    const at = (y: number) => x0 + (x1 - x0) * ((y - y0) / (y1 - y0));
    const top = Math.max(0, Math.min(y0, y1));
    const bottom = Math.min(height, Math.max(y0, y1));
    const sign = y1 > y0 ? -1 : 1;
    for (let row = Math.floor(top); row < bottom; row++) {
      const from = Math.max(top, row);
      const to = Math.min(bottom, row + 1);
      const a = at(from);
      const b = at(to);
      addEdge(cover, row * width, width, Math.min(a, b), Math.max(a, b), sign * (to - from));
    }
  });
  const sign = areaOf(polygon) < 0 ? -1 : 1;
  for (let start = 0; start < cover.length; start += width) {
    let sum = 0;
    for (let i = start; i < start + width; i++) {
      sum += cover[i]!;
      cover[i] = Math.min(1, Math.max(0, sign * sum));
    }
  }
  return cover;
}

/** Adds the part of an edge within one row: from x = `left` to `right`, `drop` high, upwards positive. */
function addEdge(
  cover: Float64Array,
  start: number,
  width: number,
  left: number,
  right: number,
  drop: number,
): void {
  const first = Math.floor(left);
  const last = Math.floor(right);
  for (let column = first; column <= last && column < width; column++) {
    const from = Math.max(left, column);
    const to = Math.min(right, column + 1);
    const part = right > left ? drop * ((to - from) / (right - left)) : drop;
    if (column < 0) {
      cover[start]! += part;
      continue;
    }
    const outside = (from + to) / 2 - column;
    cover[start + column]! += part * (1 - outside);
    if (column + 1 < width) cover[start + column + 1]! += part * outside;
  }
}

function eachEdge(polygon: Polygon, visit: (x0: number, y0: number, x1: number, y1: number) => void): void {
  for (let i = 0; i < polygon.length; i += 2) {
    const next = (i + 2) % polygon.length;
    visit(polygon[i]!, polygon[i + 1]!, polygon[next]!, polygon[next + 1]!);
  }
}
