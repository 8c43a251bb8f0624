/**
 * What `convolve` does, for one to three output channels and runs of a multiple of four floats: four
 * neighbouring floats of a patch by those of each channel's filter, three pixels at a time (thirteen
 * vectors), where `convolve` would leave a quarter of its vectors empty and load every float by itself.
 *
 * @param packed The filter as `packFew` leaves it.
 * @param start What each channel's sum starts from: three floats.
 */
export function convolveFew(
  input: usize,
  packed: usize,
  output: usize,
  table: usize,
  pixels: i32,
  rows: i32,
  rowLength: i32,
  rowStride: usize,
  columns: i32,
  start: usize,
): void {
  const last = table + ((<usize>(pixels - 1)) << 3);
  const bytes = (<usize>rowLength) << 2;
  const gap = rowStride - bytes;
  for (let t0 = table; t0 <= last; t0 += 24) {
    // Pixels past the end repeat the last one: the same numbers are stored to the same place.
    const t1 = min(t0 + 8, last);
    const t2 = min(t0 + 16, last);
    let a0 = input + <usize>load<u32>(t0);
    let a1 = input + <usize>load<u32>(t1);
    let a2 = input + <usize>load<u32>(t2);
    let b = packed;
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c02 = c00;
    let c10 = c00;
    let c11 = c00;
    let c12 = c00;
    let c20 = c00;
    let c21 = c00;
    let c22 = c00;
    for (let row = 0; row < rows; row++) {
      const end = a0 + bytes;
      while (a0 < end) {
        const w0 = v128.load(b);
        const w1 = v128.load(b, 16);
        const w2 = v128.load(b, 32);
        const x0 = v128.load(a0);
        c00 = f32x4.add(c00, f32x4.mul(x0, w0));
        c01 = f32x4.add(c01, f32x4.mul(x0, w1));
        c02 = f32x4.add(c02, f32x4.mul(x0, w2));
        const x1 = v128.load(a1);
        c10 = f32x4.add(c10, f32x4.mul(x1, w0));
        c11 = f32x4.add(c11, f32x4.mul(x1, w1));
        c12 = f32x4.add(c12, f32x4.mul(x1, w2));
        const x2 = v128.load(a2);
        c20 = f32x4.add(c20, f32x4.mul(x2, w0));
        c21 = f32x4.add(c21, f32x4.mul(x2, w1));
        c22 = f32x4.add(c22, f32x4.mul(x2, w2));
        a0 += 16;
        a1 += 16;
        a2 += 16;
        b += 48;
      }
      a0 += gap;
      a1 += gap;
      a2 += gap;
    }
    store(output + <usize>load<u32>(t0, 4), c00, c01, c02, columns, start);
    store(output + <usize>load<u32>(t1, 4), c10, c11, c12, columns, start);
    store(output + <usize>load<u32>(t2, 4), c20, c21, c22, columns, start);
  }
}

function store(address: usize, c0: v128, c1: v128, c2: v128, columns: i32, start: usize): void {
  f32.store(address, f32.load(start) + total(c0));
  if (columns > 1) f32.store(address, f32.load(start, 4) + total(c1), 4);
  if (columns > 2) f32.store(address, f32.load(start, 8) + total(c2), 8);
}

function total(values: v128): f32 {
  return (
    f32x4.extract_lane(values, 0) +
    f32x4.extract_lane(values, 1) +
    (f32x4.extract_lane(values, 2) + f32x4.extract_lane(values, 3))
  );
}

/**
 * Takes a matrix `[depth, columns]` of one to three columns apart into blocks of four rows, each `[3][4]`:
 * column by column, missing ones zero.
 *
 * @param depthStep Bytes from row to row of the source.
 * @param columnStep Bytes from column to column of the source.
 * @param first Rows of the target before those of this call.
 */
export function packFew(
  source: usize,
  target: usize,
  depth: i32,
  columns: i32,
  depthStep: usize,
  columnStep: usize,
  first: i32,
): void {
  for (let k = first; k < first + depth; k++) {
    const to = target + <usize>(k >> 2) * 48 + ((<usize>(k & 3)) << 2);
    let from = source;
    for (let j = 0; j < 3; j++) {
      f32.store(to + ((<usize>j) << 4), j < columns ? f32.load(from) : 0);
      from += columnStep;
    }
    source += depthStep;
  }
}
