import { describe, expect, it } from 'vitest';
import { noPoints, withPoint } from './curve-points';

describe('the points of the curves', () => {
  it('are each the mean of their steps', () => {
    const { points } = withPoint(noPoints, [
      [1, 2],
      [3, 6],
    ]);
    expect(points).toEqual([[2, 4]]);
  });

  it('are halved when there are too many, and keep their mean', () => {
    let curve = noPoints;
    for (let step = 0; step < 401; step++) curve = withPoint(curve, [[step, 1]]);
    expect(curve.stepsPerPoint).toBe(2);
    expect(curve.points).toHaveLength(200);
    expect(curve.points[0]).toEqual([0.5, 1]);
    expect(curve.points[199]).toEqual([398.5, 1]);
  });
});
