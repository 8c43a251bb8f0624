/** Above it the hyperbolic tangent is 1 in single precision. */
const largest: f32 = 9.02;

/** `out = tanh(x)` for `count` floats, to about two units in the last place. */
export function tanh(x: usize, output: usize, count: i32): void {
  const end = x + ((<usize>count) << 2);
  const vectorEnd = x + ((<usize>(count & ~3)) << 2);
  while (x < vectorEnd) {
    v128.store(output, tangents(v128.load(x)));
    x += 16;
    output += 16;
  }
  while (x < end) {
    f32.store(output, f32x4.extract_lane(tangents(v128.load32_splat(x)), 0));
    x += 4;
    output += 4;
  }
}

/**
 * Below 0.625 a polynomial in x^2, above it `1 - 2 / (exp(2 |x|) + 1)`: S. L. Moshier, Cephes Mathematical
 * Library, whose coefficients for single precision these are. NaN stays NaN.
 */
function tangents(x: v128): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let small = f32x4.splat(-5.70498872745e-3);
  small = f32x4.add(f32x4.mul(small, square), f32x4.splat(2.06390887954e-2));
  small = f32x4.add(f32x4.mul(small, square), f32x4.splat(-5.37397155531e-2));
  small = f32x4.add(f32x4.mul(small, square), f32x4.splat(1.33314422036e-1));
  small = f32x4.add(f32x4.mul(small, square), f32x4.splat(-3.33332819422e-1));
  small = f32x4.add(size, f32x4.mul(f32x4.mul(small, square), size));
  const one = f32x4.splat(1);
  const power = exponentials(f32x4.mul(f32x4.min(size, f32x4.splat(largest)), f32x4.splat(2)));
  const large = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(power, one)));
  const result = v128.bitselect(small, large, f32x4.lt(size, f32x4.splat(0.625)));
  return v128.bitselect(x, result, i32x4.splat(0x80000000));
}

/** exp(x) for x from 0 to 20 by the same library: `2^n exp(r)` with n the nearest integer to x / log(2). */
function exponentials(x: v128): v128 {
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(Mathf.LOG2E)));
  // log(2) in two parts, the first of which has few bits.
  const r = f32x4.add(
    f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))),
    f32x4.mul(n, f32x4.splat(2.1219444e-4)),
  );
  let series = f32x4.splat(1.98756915e-4);
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.3981999507e-3));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(8.3334519073e-3));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(4.1665795894e-2));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.6666665459e-1));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(5.0000001201e-1));
  series = f32x4.add(f32x4.add(f32x4.mul(series, f32x4.mul(r, r)), r), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(series, exponent);
}
