import type { SineAndCosine } from '../drawing/turn';
import { along, dot, type Vector } from './vector';

/** Where a ray meets a surface first. */
export interface Hit {
  readonly distance: number;
  /** Of length 1, away from the solid. */
  readonly normal: Vector;
  /** Which of the solid's faces, from 0; a sharp edge lies between any two. */
  readonly face: number;
}

/** A solid on the floor around (0, 0, 0): where a ray from outside meets it. The direction's length is 1. */
export type Solid = (origin: Vector, direction: Vector) => Hit | undefined;

/** A ball of the given radius around (0, 0, height). */
export function ball(radius: number, height: number): Solid {
  return (origin, direction) => {
    const from: Vector = [origin[0], origin[1], origin[2] - height];
    const b = dot(from, direction);
    const discriminant = b * b - dot(from, from) + radius * radius;
    if (discriminant < 0) return undefined;
    const distance = -b - Math.sqrt(discriminant);
    const [x, y, z] = along(from, direction, distance);
    return { distance, normal: [x / radius, y / radius, z / radius], face: 0 };
  };
}

/** An upright tube without ends, from one height to another. */
export function tube(radius: number, bottom: number, top: number): Solid {
  return (origin, direction) => {
    const a = direction[0] * direction[0] + direction[1] * direction[1];
    const b = origin[0] * direction[0] + origin[1] * direction[1];
    const c = origin[0] * origin[0] + origin[1] * origin[1] - radius * radius;
    const discriminant = b * b - a * c;
    if (discriminant < 0 || a === 0) return undefined;
    const distance = (-b - Math.sqrt(discriminant)) / a;
    const [x, y, z] = along(origin, direction, distance);
    if (z < bottom || z > top) return undefined;
    return { distance, normal: [x / radius, y / radius, 0], face: 0 };
  };
}

/** A level disc, seen from above. */
function disc(radius: number, height: number): Solid {
  return (origin, direction) => {
    const distance = (height - origin[2]) / direction[2];
    const [x, y] = along(origin, direction, distance);
    if (!(distance > 0 && x * x + y * y <= radius * radius)) return undefined;
    return { distance, normal: [0, 0, 1], face: 1 };
  };
}

export function cylinder(radius: number, height: number): Solid {
  return nearest([tube(radius, 0, height), disc(radius, height)]);
}

/** A tube with half a ball at each end, `height` high in all. */
export function capsule(radius: number, height: number): Solid {
  return nearest([
    tube(radius, radius, height - radius),
    ball(radius, radius),
    ball(radius, height - radius),
  ]);
}

/** A solid that lies in a ball of the given radius around (0, 0, height): most rays miss that already. */
export function within(height: number, radius: number, solid: Solid): Solid {
  return (origin, direction) => {
    const z = origin[2] - height;
    const b = origin[0] * direction[0] + origin[1] * direction[1] + z * direction[2];
    const square = origin[0] * origin[0] + origin[1] * origin[1] + z * z;
    return b * b < square - radius * radius ? undefined : solid(origin, direction);
  };
}

/** A cube turned about the vertical. */
export function cube(side: number, [sine, cosine]: SineAndCosine): Solid {
  const half = side / 2;
  return (origin, direction) => {
    // In the cube's own frame, its middle at (0, 0, 0).
    const from: Vector = [
      origin[0] * cosine + origin[1] * sine,
      origin[1] * cosine - origin[0] * sine,
      origin[2] - half,
    ];
    const to: Vector = [
      direction[0] * cosine + direction[1] * sine,
      direction[1] * cosine - direction[0] * sine,
      direction[2],
    ];
    let enter = 0;
    let leave = Number.POSITIVE_INFINITY;
    let axis = 0;
    for (let i = 0; i < 3; i++) {
      const inverse = 1 / to[i]!;
      const reach = half * Math.abs(inverse);
      const middle = -from[i]! * inverse;
      if (middle - reach > enter) {
        enter = middle - reach;
        axis = i;
      }
      leave = Math.min(leave, middle + reach);
    }
    if (!(enter > 0 && enter < leave)) return undefined;
    const sign = to[axis]! > 0 ? -1 : 1;
    const normal: Vector =
      axis === 0
        ? [sign * cosine, sign * sine, 0]
        : axis === 1
          ? [-sign * sine, sign * cosine, 0]
          : [0, 0, sign];
    return { distance: enter, normal, face: axis * 2 + (sign > 0 ? 1 : 0) };
  };
}

function nearest(parts: readonly Solid[]): Solid {
  return (origin, direction) => {
    let best: Hit | undefined;
    for (const part of parts) {
      const hit = part(origin, direction);
      if (hit !== undefined && (best === undefined || hit.distance < best.distance)) best = hit;
    }
    return best;
  };
}
