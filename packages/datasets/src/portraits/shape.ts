/**
 * A shape of the plane: the signed distance to its edge (negative inside, the same unit as x and y), and the
 * box outside of which no point lies inside. Only +, -, *, / and square roots, which every engine rounds alike.
 */
export interface Shape {
  readonly distance: (x: number, y: number) => number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An ellipse around (cx, cy); its distance is of first order, exact at the edge. */
export function ellipse(cx: number, cy: number, rx: number, ry: number): Shape {
  const ix = 1 / rx;
  const iy = 1 / ry;
  return {
    distance: (x, y) => {
      const ux = (x - cx) * ix;
      const uy = (y - cy) * iy;
      const gx = ux * ix;
      const gy = uy * iy;
      const gradient = Math.sqrt(gx * gx + gy * gy);
      const radius = Math.sqrt(ux * ux + uy * uy);
      return gradient === 0 ? -Math.min(rx, ry) : (radius * (radius - 1)) / gradient;
    },
    left: cx - rx,
    top: cy - ry,
    right: cx + rx,
    bottom: cy + ry,
  };
}

/** A box with round corners around (cx, cy). */
export function roundedBox(
  cx: number,
  cy: number,
  halfWidth: number,
  halfHeight: number,
  radius: number,
): Shape {
  const r = Math.min(radius, halfWidth, halfHeight);
  const innerX = halfWidth - r;
  const innerY = halfHeight - r;
  return {
    distance: (x, y) => {
      const qx = Math.abs(x - cx) - innerX;
      const qy = Math.abs(y - cy) - innerY;
      if (qx > 0 && qy > 0) return Math.sqrt(qx * qx + qy * qy) - r;
      return Math.max(qx, qy) - r;
    },
    left: cx - halfWidth,
    top: cy - halfHeight,
    right: cx + halfWidth,
    bottom: cy + halfHeight,
  };
}

/** A line from (x0, y0) to (x1, y1) of the given half thickness, round at its ends. */
export function segment(x0: number, y0: number, x1: number, y1: number, radius: number): Shape {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const inverse = 1 / Math.max(dx * dx + dy * dy, 1e-12);
  return {
    distance: (x, y) => {
      const px = x - x0;
      const py = y - y0;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
      const qx = px - along * dx;
      const qy = py - along * dy;
      return Math.sqrt(qx * qx + qy * qy) - radius;
    },
    left: Math.min(x0, x1) - radius,
    top: Math.min(y0, y1) - radius,
    right: Math.max(x0, x1) + radius,
    bottom: Math.max(y0, y1) + radius,
  };
}

/**
 * A bow: the parabola through (cx, cy) that falls by `sag` towards its ends at cx - halfWidth and
 * cx + halfWidth (rises when negative), drawn with the given half thickness and round ends.
 */
export function bow(cx: number, cy: number, halfWidth: number, sag: number, radius: number): Shape {
  const curvature = sag / (halfWidth * halfWidth);
  // The slope at the ends goes on into them, so that no edge jumps there.
  const endSlope = 1 / Math.sqrt(1 + 4 * curvature * sag);
  return {
    distance: (x, y) => {
      const u = x - cx;
      const side = Math.abs(u) - halfWidth;
      if (side > 0) {
        const end = (y - cy - sag) * endSlope;
        return Math.sqrt(side * side + end * end) - radius;
      }
      const slope = 2 * curvature * u;
      return Math.abs(y - cy - curvature * u * u) / Math.sqrt(1 + slope * slope) - radius;
    },
    left: cx - halfWidth - radius,
    top: cy + Math.min(0, sag) - radius,
    right: cx + halfWidth + radius,
    bottom: cy + Math.max(0, sag) + radius,
  };
}

/**
 * The lens between two parabolas that meet at (cx - halfWidth, cy) and (cx + halfWidth, cy): the upper one
 * passes cx at cy + upper, the lower one at cy + lower.
 */
export function lens(cx: number, cy: number, halfWidth: number, upper: number, lower: number): Shape {
  const square = halfWidth * halfWidth;
  return {
    distance: (x, y) => {
      const u = x - cx;
      const v = y - cy;
      const fall = 1 - (u * u) / square;
      const upperSlope = (2 * upper * u) / square;
      const lowerSlope = (2 * lower * u) / square;
      const above = (upper * fall - v) / Math.sqrt(1 + upperSlope * upperSlope);
      const below = (v - lower * fall) / Math.sqrt(1 + lowerSlope * lowerSlope);
      return Math.max(above, below, Math.abs(u) - halfWidth);
    },
    left: cx - halfWidth,
    top: cy + Math.min(0, upper, lower),
    right: cx + halfWidth,
    bottom: cy + Math.max(0, upper, lower),
  };
}

/** What lies in either shape; the seam is rounded over a width of `blend`. */
export function union(a: Shape, b: Shape, blend = 0): Shape {
  return {
    distance: (x, y) => {
      const da = a.distance(x, y);
      const db = b.distance(x, y);
      const overlap = blend - Math.abs(da - db);
      // Quilez's polynomial smooth minimum.
      return overlap > 0 ? Math.min(da, db) - (overlap * overlap) / (4 * blend) : Math.min(da, db);
    },
    left: Math.min(a.left, b.left) - blend / 4,
    top: Math.min(a.top, b.top) - blend / 4,
    right: Math.max(a.right, b.right) + blend / 4,
    bottom: Math.max(a.bottom, b.bottom) + blend / 4,
  };
}

/** So far outside, no pixel (at 8 or more a side) touches the edge: a nearer bound is not worth its time. */
const far = 0.25;

/** What lies in both shapes. `a` should be the cheaper or the smaller one. */
export function intersection(a: Shape, b: Shape): Shape {
  return {
    distance: (x, y) => {
      const da = a.distance(x, y);
      return da > far ? da : Math.max(da, b.distance(x, y));
    },
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

/** What lies in `a` but not in `b`. */
export function difference(a: Shape, b: Shape): Shape {
  return {
    ...a,
    distance: (x, y) => {
      const da = a.distance(x, y);
      return da > far ? da : Math.max(da, -b.distance(x, y));
    },
  };
}

/** The edge of a shape, as a line of the given half thickness. */
export function outline(shape: Shape, radius: number): Shape {
  return {
    distance: (x, y) => Math.abs(shape.distance(x, y)) - radius,
    left: shape.left - radius,
    top: shape.top - radius,
    right: shape.right + radius,
    bottom: shape.bottom + radius,
  };
}

/** A shape moved by (dx, dy). */
export function shifted(shape: Shape, dx: number, dy: number): Shape {
  return {
    distance: (x, y) => shape.distance(x - dx, y - dy),
    left: shape.left + dx,
    top: shape.top + dy,
    right: shape.right + dx,
    bottom: shape.bottom + dy,
  };
}
