/** x to the right, y away from the eye, z up; (0, 0, 0) is where the object stands. */
export type Vector = readonly [x: number, y: number, z: number];

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function unit(a: Vector): Vector {
  const inverse = 1 / Math.sqrt(dot(a, a));
  return [a[0] * inverse, a[1] * inverse, a[2] * inverse];
}

/** The point `distance` along a ray. */
export function along(origin: Vector, direction: Vector, distance: number): Vector {
  return [
    origin[0] + direction[0] * distance,
    origin[1] + direction[1] * distance,
    origin[2] + direction[2] * distance,
  ];
}
