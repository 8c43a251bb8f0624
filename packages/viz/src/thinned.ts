import type { Point } from './draw-line';

/**
 * Of a line whose x never falls, what shows: of the points of one pixel column the first, the lowest, the highest
 * and the last, in their order (M4: Jugel and others, VLDB 2014). A gap stays a gap.
 */
export function thinned(points: readonly (Point | undefined)[]): (Point | undefined)[] {
  const kept: (Point | undefined)[] = [];
  for (let from = 0; from < points.length; ) {
    const first = points[from];
    let to = from + 1;
    if (first === undefined) {
      kept.push(undefined);
      while (to < points.length && points[to] === undefined) to++;
    } else {
      let [lowest, highest] = [from, from];
      for (; to < points.length; to++) {
        const point = points[to];
        if (point === undefined || Math.floor(point[0]) !== Math.floor(first[0])) break;
        if (point[1] < (points[lowest]?.[1] ?? 0)) lowest = to;
        if (point[1] > (points[highest]?.[1] ?? 0)) highest = to;
      }
      const places = [...new Set([from, lowest, highest, to - 1])].sort((a, b) => a - b);
      kept.push(...places.map((place) => points[place]));
    }
    from = to;
  }
  return kept;
}
