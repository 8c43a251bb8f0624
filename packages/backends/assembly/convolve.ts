/**
 * Multiplies patches of images by a filter: `out[pixel] = sum_k patch[pixel][k] filter[k]`.
 *
 * A patch is `rows` runs of `rowLength` neighbouring floats, `rowStride` bytes apart: in a channels-last
 * image with its padding written out, that is what a filter covers. A matrix product is the case of one run.
 *
 * @param input First byte of the images.
 * @param packed The filter as `packPanels` leaves it.
 * @param output First byte of the result.
 * @param table For each pixel two u32: offset of its patch in `input`, of its result in `output`, in bytes.
 * @param columns Output channels.
 * @param start What each channel's sum starts from, such as a bias: `columns` floats filled up to a multiple
 *   of eight.
 */
export function convolve(
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
  const panelBytes = (<usize>(rows * rowLength)) << 5;
  let column = 0;
  while (columns - column > 4) {
    const width = min(8, columns - column);
    wide(
      input,
      packed,
      output + ((<usize>column) << 2),
      table,
      pixels,
      rows,
      rowLength,
      rowStride,
      width,
      start,
    );
    packed += panelBytes;
    start += 32;
    column += 8;
  }
  if (column < columns) {
    const width = columns - column;
    narrow(
      input,
      packed,
      output + ((<usize>column) << 2),
      table,
      pixels,
      rows,
      rowLength,
      rowStride,
      width,
      start,
    );
  }
}

/**
 * Four pixels by eight channels. With the two filter vectors and the four inputs these are fourteen
 * vectors: one more, or two steps in one loop body, and V8 spills its fifteen registers and takes twice
 * the time.
 */
function wide(
  input: usize,
  panel: usize,
  output: usize,
  table: usize,
  pixels: i32,
  rows: i32,
  rowLength: i32,
  rowStride: usize,
  width: i32,
  start: usize,
): void {
  const last = table + ((<usize>(pixels - 1)) << 3);
  const bytes = (<usize>rowLength) << 2;
  const gap = rowStride - bytes;
  for (let t0 = table; t0 <= last; t0 += 32) {
    // Pixels past the end repeat the last one: the same numbers are stored to the same place.
    const t1 = min(t0 + 8, last);
    const t2 = min(t0 + 16, last);
    const t3 = min(t0 + 24, last);
    let a0 = input + <usize>load<u32>(t0);
    let a1 = input + <usize>load<u32>(t1);
    let a2 = input + <usize>load<u32>(t2);
    let a3 = input + <usize>load<u32>(t3);
    let b = panel;
    let c00 = v128.load(start);
    let c01 = v128.load(start, 16);
    let c10 = c00;
    let c11 = c01;
    let c20 = c00;
    let c21 = c01;
    let c30 = c00;
    let c31 = c01;
    for (let row = 0; row < rows; row++) {
      const end = a0 + bytes;
      while (a0 < end) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        const x0 = v128.load32_splat(a0);
        const x1 = v128.load32_splat(a1);
        const x2 = v128.load32_splat(a2);
        const x3 = v128.load32_splat(a3);
        c00 = f32x4.add(c00, f32x4.mul(x0, b0));
        c01 = f32x4.add(c01, f32x4.mul(x0, b1));
        c10 = f32x4.add(c10, f32x4.mul(x1, b0));
        c11 = f32x4.add(c11, f32x4.mul(x1, b1));
        c20 = f32x4.add(c20, f32x4.mul(x2, b0));
        c21 = f32x4.add(c21, f32x4.mul(x2, b1));
        c30 = f32x4.add(c30, f32x4.mul(x3, b0));
        c31 = f32x4.add(c31, f32x4.mul(x3, b1));
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
        b += 32;
      }
      a0 += gap;
      a1 += gap;
      a2 += gap;
      a3 += gap;
    }
    storeEight(output + <usize>load<u32>(t0, 4), c00, c01, width);
    storeEight(output + <usize>load<u32>(t1, 4), c10, c11, width);
    storeEight(output + <usize>load<u32>(t2, 4), c20, c21, width);
    storeEight(output + <usize>load<u32>(t3, 4), c30, c31, width);
  }
}

/** Seven pixels by four channels: fifteen vectors. */
function narrow(
  input: usize,
  panel: usize,
  output: usize,
  table: usize,
  pixels: i32,
  rows: i32,
  rowLength: i32,
  rowStride: usize,
  width: i32,
  start: usize,
): void {
  const last = table + ((<usize>(pixels - 1)) << 3);
  const bytes = (<usize>rowLength) << 2;
  const gap = rowStride - bytes;
  for (let t0 = table; t0 <= last; t0 += 56) {
    const t1 = min(t0 + 8, last);
    const t2 = min(t0 + 16, last);
    const t3 = min(t0 + 24, last);
    const t4 = min(t0 + 32, last);
    const t5 = min(t0 + 40, last);
    const t6 = min(t0 + 48, last);
    let a0 = input + <usize>load<u32>(t0);
    let a1 = input + <usize>load<u32>(t1);
    let a2 = input + <usize>load<u32>(t2);
    let a3 = input + <usize>load<u32>(t3);
    let a4 = input + <usize>load<u32>(t4);
    let a5 = input + <usize>load<u32>(t5);
    let a6 = input + <usize>load<u32>(t6);
    let b = panel;
    let c0 = v128.load(start);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    let c4 = c0;
    let c5 = c0;
    let c6 = c0;
    for (let row = 0; row < rows; row++) {
      const end = a0 + bytes;
      while (a0 < end) {
        const w = v128.load(b);
        c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a0), w));
        c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a1), w));
        c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a2), w));
        c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a3), w));
        c4 = f32x4.add(c4, f32x4.mul(v128.load32_splat(a4), w));
        c5 = f32x4.add(c5, f32x4.mul(v128.load32_splat(a5), w));
        c6 = f32x4.add(c6, f32x4.mul(v128.load32_splat(a6), w));
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
        a4 += 4;
        a5 += 4;
        a6 += 4;
        b += 16;
      }
      a0 += gap;
      a1 += gap;
      a2 += gap;
      a3 += gap;
      a4 += gap;
      a5 += gap;
      a6 += gap;
    }
    storeFour(output + <usize>load<u32>(t0, 4), c0, width);
    storeFour(output + <usize>load<u32>(t1, 4), c1, width);
    storeFour(output + <usize>load<u32>(t2, 4), c2, width);
    storeFour(output + <usize>load<u32>(t3, 4), c3, width);
    storeFour(output + <usize>load<u32>(t4, 4), c4, width);
    storeFour(output + <usize>load<u32>(t5, 4), c5, width);
    storeFour(output + <usize>load<u32>(t6, 4), c6, width);
  }
}

function storeEight(address: usize, low: v128, high: v128, width: i32): void {
  v128.store(address, low);
  if (width === 8) v128.store(address, high, 16);
  else storeFour(address + 16, high, width - 4);
}

function storeFour(address: usize, values: v128, width: i32): void {
  if (width === 4) {
    v128.store(address, values);
    return;
  }
  f32.store(address, f32x4.extract_lane(values, 0));
  if (width > 1) f32.store(address, f32x4.extract_lane(values, 1), 4);
  if (width > 2) f32.store(address, f32x4.extract_lane(values, 2), 8);
}
