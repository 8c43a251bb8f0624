/** Losses by step as few enough points to draw: D's and G's, each the mean of `stepsPerPoint` steps. */
export interface CurvePoints {
  readonly points: readonly (readonly [number, number])[];
  readonly stepsPerPoint: number;
}

export const noPoints: CurvePoints = { points: [], stepsPerPoint: 1 };

/** Beyond so many points neighbours are averaged. */
const mostPoints = 400;

/** Adds the steps that make a point, and halves the number of points when there are too many. */
export function withPoint(
  { points, stepsPerPoint }: CurvePoints,
  steps: readonly (readonly [number, number])[],
): CurvePoints {
  const more = [...points, average(steps)];
  if (more.length <= mostPoints) return { points: more, stepsPerPoint };
  const halves = Array.from({ length: more.length >> 1 }, (_, i) => average(more.slice(2 * i, 2 * i + 2)));
  return { points: halves, stepsPerPoint: 2 * stepsPerPoint };
}

function average(pairs: readonly (readonly [number, number])[]): [number, number] {
  const mean = (place: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[place], 0) / pairs.length;
  return [mean(0), mean(1)];
}
