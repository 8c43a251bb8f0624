/**
 * Where in a source image the pixel `(x, y)` of an augmented one comes from, both counted in pixels from the
 * middle of the image, x to the right and y down: `(xx x + xy y + x0, yx x + yy y + y0)`. It is the inverse of
 * what happens to the image.
 */
export interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

export const unmoved: Affine = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** What first does as `first`, then as `second`. (An output is traced back through the last change first.) */
export function afterAffine(first: Affine, second: Affine): Affine {
  return {
    xx: first.xx * second.xx + first.xy * second.yx,
    xy: first.xx * second.xy + first.xy * second.yy,
    x0: first.xx * second.x0 + first.xy * second.y0 + first.x0,
    yx: first.yx * second.xx + first.yy * second.yx,
    yy: first.yx * second.xy + first.yy * second.yy,
    y0: first.yx * second.x0 + first.yy * second.y0 + first.y0,
  };
}

/** The image made `x` times as wide and `y` times as high; -1 flips it. */
export function scaled(x: number, y: number): Affine {
  return { ...unmoved, xx: 1 / x, yy: 1 / y };
}

/** The image moved by so many pixels to the right and down. */
export function moved(x: number, y: number): Affine {
  return { ...unmoved, x0: -x, y0: -y };
}

/** The image turned clockwise by an angle in radians. */
export function turned(angle: number): Affine {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { ...unmoved, xx: cos, xy: sin, yx: -sin, yy: cos };
}

/** The image turned clockwise by so many quarters, exactly. */
export function quarterTurned(quarters: number): Affine {
  const cos = [1, 0, -1, 0][quarters % 4] ?? 1;
  const sin = [0, 1, 0, -1][quarters % 4] ?? 0;
  return { ...unmoved, xx: cos, xy: sin, yx: -sin, yy: cos };
}

export function isUnmoved({ xx, xy, x0, yx, yy, y0 }: Affine): boolean {
  return xx === 1 && xy === 0 && x0 === 0 && yx === 0 && yy === 1 && y0 === 0;
}
