/** `out = x > 0 ? x : alpha x` for `count` floats. */
export function leakyRelu(x: usize, output: usize, count: i32, alpha: f32): void {
  const slope = f32x4.splat(alpha);
  const zero = f32x4.splat(0);
  const end = x + ((<usize>count) << 2);
  const vectorEnd = x + ((<usize>(count & ~3)) << 2);
  while (x < vectorEnd) {
    const value = v128.load(x);
    v128.store(output, v128.bitselect(value, f32x4.mul(value, slope), f32x4.gt(value, zero)));
    x += 16;
    output += 16;
  }
  while (x < end) {
    const value = f32.load(x);
    f32.store(output, value > 0 ? value : value * alpha);
    x += 4;
    output += 4;
  }
}

/** The gradient of `leakyRelu`: `out = x > 0 ? dy : alpha dy` for `count` floats. */
export function leakyReluGradient(x: usize, dy: usize, output: usize, count: i32, alpha: f32): void {
  const slope = f32x4.splat(alpha);
  const zero = f32x4.splat(0);
  const bytes = (<usize>count) << 2;
  const vectorBytes = (<usize>(count & ~3)) << 2;
  for (let at: usize = 0; at < vectorBytes; at += 16) {
    const gradient = v128.load(dy + at);
    const positive = f32x4.gt(v128.load(x + at), zero);
    v128.store(output + at, v128.bitselect(gradient, f32x4.mul(gradient, slope), positive));
  }
  for (let at = vectorBytes; at < bytes; at += 4) {
    const gradient = f32.load(dy + at);
    f32.store(output + at, f32.load(x + at) > 0 ? gradient : gradient * alpha);
  }
}

/** `out[row][column] = x[row][column] + bias[column]`. */
export function addRow(x: usize, bias: usize, output: usize, rows: i32, columns: i32): void {
  const vectors = columns & ~3;
  for (let row = 0; row < rows; row++) {
    let from = bias;
    let column = 0;
    for (; column < vectors; column += 4) {
      v128.store(output, f32x4.add(v128.load(x), v128.load(from)));
      x += 16;
      output += 16;
      from += 16;
    }
    for (; column < columns; column++) {
      f32.store(output, f32.load(x) + f32.load(from));
      x += 4;
      output += 4;
      from += 4;
    }
  }
}

/**
 * `out[column] = sum over rows of x[row][column]`. Every 128 rows are summed by themselves, so that rounding
 * errors do not grow with the number of rows.
 */
export function sumRows(x: usize, output: usize, rows: i32, columns: i32): void {
  const rowBytes = (<usize>columns) << 2;
  memory.fill(output, 0, rowBytes);
  for (let first = 0; first < rows; first += 128) {
    const count = min(128, rows - first);
    let column = 0;
    for (; column + 8 <= columns; column += 8) {
      const target = output + ((<usize>column) << 2);
      let from = x + ((<usize>column) << 2);
      let s0 = f32x4.splat(0);
      let s1 = s0;
      for (let row = 0; row < count; row++) {
        s0 = f32x4.add(s0, v128.load(from));
        s1 = f32x4.add(s1, v128.load(from, 16));
        from += rowBytes;
      }
      v128.store(target, f32x4.add(v128.load(target), s0));
      v128.store(target, f32x4.add(v128.load(target, 16), s1), 16);
    }
    for (; column < columns; column++) {
      const target = output + ((<usize>column) << 2);
      let from = x + ((<usize>column) << 2);
      let sum: f32 = 0;
      for (let row = 0; row < count; row++) {
        sum += f32.load(from);
        from += rowBytes;
      }
      f32.store(target, f32.load(target) + sum);
    }
    x += rowBytes * <usize>count;
  }
}
