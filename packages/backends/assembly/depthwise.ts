/**
 * Adds one tap of a depthwise convolution's input gradient:
 * `target[p][q][c] += source[p][q][c] weights[c]`.
 *
 * `Step` is from pixel to pixel and `Row` from row to row, in bytes.
 */
export function addScaled(
  source: usize,
  sourceStep: usize,
  sourceRow: usize,
  weights: usize,
  target: usize,
  targetStep: usize,
  targetRow: usize,
  rows: i32,
  columns: i32,
  channels: i32,
): void {
  const vectors = (<usize>(channels & ~3)) << 2;
  const bytes = (<usize>channels) << 2;
  for (let p = 0; p < rows; p++) {
    let from = source;
    let to = target;
    for (let q = 0; q < columns; q++) {
      let c: usize = 0;
      for (; c < vectors; c += 16) {
        const product = f32x4.mul(v128.load(from + c), v128.load(weights + c));
        v128.store(to + c, f32x4.add(v128.load(to + c), product));
      }
      for (; c < bytes; c += 4) {
        f32.store(to + c, f32.load(to + c) + f32.load(from + c) * f32.load(weights + c));
      }
      from += sourceStep;
      to += targetStep;
    }
    source += sourceRow;
    target += targetRow;
  }
}

/**
 * Adds one tap of a depthwise convolution's filter gradient:
 * `output[c] += sum over p and q of a[p][q][c] b[p][q][c]`.
 */
export function addProducts(
  a: usize,
  aStep: usize,
  aRow: usize,
  b: usize,
  bStep: usize,
  bRow: usize,
  output: usize,
  rows: i32,
  columns: i32,
  channels: i32,
): void {
  const aGap = aRow - aStep * <usize>columns;
  const bGap = bRow - bStep * <usize>columns;
  const vectors = (<usize>(channels & ~3)) << 2;
  const bytes = (<usize>channels) << 2;
  let c: usize = 0;
  for (; c < vectors; c += 16) {
    let sum = f32x4.splat(0);
    let x = a + c;
    let y = b + c;
    for (let p = 0; p < rows; p++) {
      for (let q = 0; q < columns; q++) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(x), v128.load(y)));
        x += aStep;
        y += bStep;
      }
      x += aGap;
      y += bGap;
    }
    v128.store(output + c, f32x4.add(v128.load(output + c), sum));
  }
  for (; c < bytes; c += 4) {
    let sum: f32 = 0;
    let x = a + c;
    let y = b + c;
    for (let p = 0; p < rows; p++) {
      for (let q = 0; q < columns; q++) {
        sum += f32.load(x) * f32.load(y);
        x += aStep;
        y += bStep;
      }
      x += aGap;
      y += bGap;
    }
    f32.store(output + c, f32.load(output + c) + sum);
  }
}
