/**
 * Adds to a matrix the sums over pixels of all products of two sets of channels:
 * `out[i][j] += sum_pixels splats[pixel][i] vectors[pixel][j]`, four i by eight j at a time (fourteen
 * vectors, for V8's fifteen registers). This is the gradient of a filter for one of its taps.
 *
 * Both operands are runs of `width` pixels, `height` runs an image, `images` images. `Step` is from pixel
 * to pixel, `Row` from run to run and `Image` from image to image, in bytes.
 *
 * @param output `[4][8]` floats, rows `outputRow` bytes apart.
 */
export function correlate(
  splats: usize,
  splatStep: usize,
  splatRow: usize,
  splatImage: usize,
  vectors: usize,
  vectorStep: usize,
  vectorRow: usize,
  vectorImage: usize,
  images: i32,
  height: i32,
  width: i32,
  output: usize,
  outputRow: usize,
): void {
  const splatGap = splatRow - splatStep * <usize>width;
  const vectorGap = vectorRow - vectorStep * <usize>width;
  const splatImageGap = splatImage - splatRow * <usize>height;
  const vectorImageGap = vectorImage - vectorRow * <usize>height;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (let n = 0; n < images; n++) {
    for (let p = 0; p < height; p++) {
      for (let q = 0; q < width; q++) {
        const y0 = v128.load(vectors);
        const y1 = v128.load(vectors, 16);
        const x0 = v128.load32_splat(splats);
        const x1 = v128.load32_splat(splats, 4);
        const x2 = v128.load32_splat(splats, 8);
        const x3 = v128.load32_splat(splats, 12);
        c00 = f32x4.add(c00, f32x4.mul(x0, y0));
        c01 = f32x4.add(c01, f32x4.mul(x0, y1));
        c10 = f32x4.add(c10, f32x4.mul(x1, y0));
        c11 = f32x4.add(c11, f32x4.mul(x1, y1));
        c20 = f32x4.add(c20, f32x4.mul(x2, y0));
        c21 = f32x4.add(c21, f32x4.mul(x2, y1));
        c30 = f32x4.add(c30, f32x4.mul(x3, y0));
        c31 = f32x4.add(c31, f32x4.mul(x3, y1));
        splats += splatStep;
        vectors += vectorStep;
      }
      splats += splatGap;
      vectors += vectorGap;
    }
    splats += splatImageGap;
    vectors += vectorImageGap;
  }
  addEight(output, c00, c01);
  addEight(output + outputRow, c10, c11);
  addEight(output + outputRow * 2, c20, c21);
  addEight(output + outputRow * 3, c30, c31);
}

function addEight(address: usize, low: v128, high: v128): void {
  v128.store(address, f32x4.add(v128.load(address), low));
  v128.store(address, f32x4.add(v128.load(address, 16), high), 16);
}
