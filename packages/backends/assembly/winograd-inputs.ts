/**
 * Transforms the inputs of some strips of tiles, which overlap by two pixels: down the columns of a whole
 * strip, then along the rows of each tile.
 *
 * @param input `[images, height, width, channels]`.
 * @param top Rows of zeros above the input; `left` columns of zeros before it.
 * @param first The first strip, counted over the images.
 * @param strip Room for seven padded rows of a strip.
 * @param output Gets 36 matrices `[tiles, channels]`, `outputStep` bytes apart.
 */
export function transformInputs(
  input: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  first: i32,
  strips: i32,
  tileRows: i32,
  tileColumns: i32,
  strip: usize,
  output: usize,
  outputStep: usize,
): void {
  const pixel = (<usize>channels) << 2;
  const rowBytes = pixel * <usize>width;
  const stripRow = pixel * <usize>(4 * tileColumns + 2);
  const zeros = strip + stripRow * 6;
  memory.fill(strip, 0, stripRow * 7);
  const tileBytes = pixel << 2;
  let image = first / tileRows;
  let tileRow = first - image * tileRows;
  for (let n = 0; n < strips; n++) {
    const row = 4 * tileRow - top;
    const from = input + rowBytes * <usize>(image * height);
    sixToSix(
      rowAddress(from, row, height, rowBytes, zeros),
      rowAddress(from, row + 1, height, rowBytes, zeros),
      rowAddress(from, row + 2, height, rowBytes, zeros),
      rowAddress(from, row + 3, height, rowBytes, zeros),
      rowAddress(from, row + 4, height, rowBytes, zeros),
      rowAddress(from, row + 5, height, rowBytes, zeros),
      rowBytes,
      strip + pixel * <usize>left,
      stripRow,
    );
    for (let tile = 0; tile < tileColumns; tile++) {
      let tileStart = strip + tileBytes * <usize>tile;
      let target = output;
      for (let i = 0; i < 6; i++) {
        sixToSix(
          tileStart,
          tileStart + pixel,
          tileStart + pixel * 2,
          tileStart + pixel * 3,
          tileStart + pixel * 4,
          tileStart + pixel * 5,
          pixel,
          target,
          outputStep,
        );
        tileStart += stripRow;
        target += outputStep * 6;
      }
      output += pixel;
    }
    tileRow++;
    if (tileRow === tileRows) {
      tileRow = 0;
      image++;
    }
  }
}

/** Where a row of an image is; zeros above and below it. */
export function rowAddress(image: usize, row: i32, height: i32, rowBytes: usize, zeros: usize): usize {
  return row >= 0 && row < height ? image + rowBytes * <usize>row : zeros;
}

/** B transposed, over six runs of floats: `to[i] = sum_j B[j][i] r[j]`. */
function sixToSix(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  r4: usize,
  r5: usize,
  bytes: usize,
  to: usize,
  step: usize,
): void {
  const a = f32x4.splat(2.0 / 3.0);
  const b = f32x4.splat(3.0 / 2.0);
  const aa = f32x4.splat(4.0 / 9.0);
  const bb = f32x4.splat(9.0 / 4.0);
  const both = f32x4.splat(97.0 / 36.0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const d1 = v128.load(r1 + k);
    const d2 = v128.load(r2 + k);
    const d3 = v128.load(r3 + k);
    const d4 = v128.load(r4 + k);
    let target = to + k;
    v128.store(target, f32x4.add(f32x4.sub(v128.load(r0 + k), f32x4.mul(d2, both)), d4));
    const inner = f32x4.sub(d4, f32x4.mul(d2, bb));
    const innerOdd = f32x4.sub(f32x4.mul(d3, a), f32x4.mul(d1, b));
    target += step;
    v128.store(target, f32x4.add(inner, innerOdd));
    target += step;
    v128.store(target, f32x4.sub(inner, innerOdd));
    const outer = f32x4.sub(d4, f32x4.mul(d2, aa));
    const outerOdd = f32x4.sub(f32x4.mul(d3, b), f32x4.mul(d1, a));
    target += step;
    v128.store(target, f32x4.add(outer, outerOdd));
    target += step;
    v128.store(target, f32x4.sub(outer, outerOdd));
    target += step;
    v128.store(target, f32x4.add(f32x4.sub(d1, f32x4.mul(d3, both)), v128.load(r5 + k)));
  }
}
