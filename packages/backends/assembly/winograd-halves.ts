import { rowAddress } from './winograd-inputs';

/**
 * What Winograd's algorithm is for stride 2 along one axis: the taps 0 and 2 of a filter meet every second
 * pixel by F(4, 2), with the interpolation points 0, 1, -1, 2 and infinity, and tap 1 the pixels in between
 * as they are. So four output pixels take 5 + 4 products instead of 12, of the filter's 5 + 1 transformed
 * taps: product i is one with tap `min(i, 5)`. Read backwards, four pixels become eight.
 */

/** Products along one axis. */
const products: i32 = 9;

/**
 * Transforms the inputs of some strips of tiles; see `transformInputs`.
 *
 * @param gap 2 where tiles are of 9x9 pixels for 4x4 outputs, 1 where they are of 5x5 for 8x8 outputs.
 * @param strip Room for ten padded rows of a strip.
 * @param output Gets 81 matrices `[tiles, channels]`.
 */
export function transformHalves(
  input: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  gap: i32,
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
  const stripRow = pixel * <usize>(4 * gap * tileColumns + 1);
  const zeros = strip + stripRow * products;
  memory.fill(strip, 0, stripRow * (products + 1));
  const tileBytes = (pixel << 2) * <usize>gap;
  const gapBytes = pixel * <usize>gap;
  const target = strip + pixel * <usize>left;
  let image = first / tileRows;
  let tileRow = first - image * tileRows;
  for (let n = 0; n < strips; n++) {
    const row = 4 * gap * tileRow - top;
    const from = input + rowBytes * <usize>(image * height);
    fiveToFive(
      rowAddress(from, row, height, rowBytes, zeros),
      rowAddress(from, row + gap, height, rowBytes, zeros),
      rowAddress(from, row + 2 * gap, height, rowBytes, zeros),
      rowAddress(from, row + 3 * gap, height, rowBytes, zeros),
      rowAddress(from, row + 4 * gap, height, rowBytes, zeros),
      rowBytes,
      target,
      stripRow,
    );
    for (let i = 0; i < 4; i++) {
      memory.copy(
        target + stripRow * <usize>(5 + i),
        rowAddress(from, row + 1 + i * gap, height, rowBytes, zeros),
        rowBytes,
      );
    }
    for (let tile = 0; tile < tileColumns; tile++) {
      let tileStart = strip + tileBytes * <usize>tile;
      let to = output;
      for (let i = 0; i < products; i++) {
        fiveToFive(
          tileStart,
          tileStart + gapBytes,
          tileStart + gapBytes * 2,
          tileStart + gapBytes * 3,
          tileStart + gapBytes * 4,
          pixel,
          to,
          outputStep,
        );
        copyFour(tileStart + pixel, gapBytes, pixel, to + outputStep * 5, outputStep);
        tileStart += stripRow;
        to += outputStep * products;
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

/** B transposed, over five runs of floats. */
function fiveToFive(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  r4: usize,
  bytes: usize,
  to: usize,
  step: usize,
): void {
  for (let k: usize = 0; k < bytes; k += 16) {
    const d1 = v128.load(r1 + k);
    const d2 = v128.load(r2 + k);
    const d3 = v128.load(r3 + k);
    const odd = f32x4.sub(d3, d1);
    const even = f32x4.sub(v128.load(r0 + k), d2);
    let target = to + k;
    v128.store(target, f32x4.add(f32x4.add(even, even), odd));
    const rest = f32x4.sub(d3, d2);
    const inner = f32x4.sub(d1, d2);
    target += step;
    v128.store(target, f32x4.sub(rest, f32x4.add(d1, d1)));
    target += step;
    v128.store(target, f32x4.add(rest, f32x4.add(inner, inner)));
    target += step;
    v128.store(target, odd);
    target += step;
    v128.store(target, f32x4.sub(f32x4.sub(v128.load(r4 + k), d2), f32x4.add(odd, odd)));
  }
}

function copyFour(from: usize, fromStep: usize, bytes: usize, to: usize, step: usize): void {
  for (let k: usize = 0; k < bytes; k += 16) {
    const source = from + k;
    const target = to + k;
    v128.store(target, v128.load(source));
    v128.store(target + step, v128.load(source + fromStep));
    v128.store(target + step * 2, v128.load(source + fromStep * 2));
    v128.store(target + step * 3, v128.load(source + fromStep * 3));
  }
}

/** Transforms the products of some strips into output pixels, 4x4 a tile, or 8x8 where they are doubled. */
export function transformProducts(
  from: usize,
  step: usize,
  output: usize,
  height: i32,
  width: i32,
  channels: i32,
  bias: usize,
  doubled: bool,
  first: i32,
  strips: i32,
  tileRows: i32,
  tileColumns: i32,
  scratch: usize,
): void {
  const size = doubled ? 8 : 4;
  const pixel = (<usize>channels) << 2;
  const rowBytes = pixel * <usize>width;
  const line = scratch + 1152;
  let image = first / tileRows;
  let tileRow = first - image * tileRows;
  for (let n = 0; n < strips; n++) {
    const rows = min(size, height - size * tileRow);
    let target = output + rowBytes * <usize>(image * height + size * tileRow);
    for (let tile = 0; tile < tileColumns; tile++) {
      const columns = min(size, width - size * tile);
      for (let c: usize = 0; c < pixel; c += 16) {
        let column = from + c;
        for (let j: usize = 0; j < 144; j += 16) {
          combine(column, step * products, scratch + j, 144, doubled);
          column += step;
        }
        const start = v128.load(bias + c);
        let row = scratch;
        let to = target + c;
        for (let i = 0; i < rows; i++) {
          combine(row, 16, line, 16, doubled);
          let at = to;
          for (let j = 0; j < columns; j++) {
            v128.store(at, f32x4.add(v128.load(line + ((<usize>j) << 4)), start));
            at += pixel;
          }
          row += 144;
          to += rowBytes;
        }
      }
      from += pixel;
      target += pixel * <usize>size;
    }
    tileRow++;
    if (tileRow === tileRows) {
      tileRow = 0;
      image++;
    }
  }
}

/** A transposed, along one axis: the two kinds of pixels added up, or side by side where they are doubled. */
function combine(from: usize, step: usize, to: usize, toStep: usize, doubled: bool): void {
  const m1 = v128.load(from + step);
  const m2 = v128.load(from + step * 2);
  const m3 = v128.load(from + step * 3);
  const sum = f32x4.add(m1, m2);
  const difference = f32x4.sub(m1, m2);
  const twice = f32x4.add(m3, m3);
  const four = f32x4.add(twice, twice);
  const y0 = f32x4.add(f32x4.add(v128.load(from), sum), m3);
  const y1 = f32x4.add(difference, twice);
  const y2 = f32x4.add(sum, four);
  const y3 = f32x4.add(f32x4.add(difference, f32x4.add(four, four)), v128.load(from + step * 4));
  const odd = from + step * 5;
  const z0 = v128.load(odd);
  const z1 = v128.load(odd + step);
  const z2 = v128.load(odd + step * 2);
  const z3 = v128.load(odd + step * 3);
  if (doubled) {
    v128.store(to, y0);
    v128.store(to + toStep, z0);
    v128.store(to + toStep * 2, y1);
    v128.store(to + toStep * 3, z1);
    v128.store(to + toStep * 4, y2);
    v128.store(to + toStep * 5, z2);
    v128.store(to + toStep * 6, y3);
    v128.store(to + toStep * 7, z3);
  } else {
    v128.store(to, f32x4.add(y0, z0));
    v128.store(to + toStep, f32x4.add(y1, z1));
    v128.store(to + toStep * 2, f32x4.add(y2, z2));
    v128.store(to + toStep * 3, f32x4.add(y3, z3));
  }
}

/** G, along one axis of a filter. */
export function tapsToHalves(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  const half = f32x4.splat(0.5);
  const sixth = f32x4.splat(1.0 / 6.0);
  v128.store(to, f32x4.mul(g0, half));
  v128.store(to + step, f32x4.mul(f32x4.add(g0, g2), f32x4.splat(-0.5)));
  v128.store(to + step * 2, f32x4.mul(f32x4.sub(g2, g0), sixth));
  v128.store(to + step * 3, f32x4.mul(f32x4.add(f32x4.add(g2, g2), g0), sixth));
  v128.store(to + step * 4, g2);
  v128.store(to + step * 5, g1);
}

/** G transposed, along one axis. */
export function halvesToTaps(
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  s4: v128,
  s5: v128,
  to: usize,
  step: usize,
): void {
  const half = f32x4.splat(0.5);
  const sixth = f32x4.splat(1.0 / 6.0);
  v128.store(to, f32x4.add(f32x4.mul(f32x4.sub(s0, s1), half), f32x4.mul(f32x4.sub(s3, s2), sixth)));
  v128.store(to + step, s5);
  const outer = f32x4.mul(f32x4.add(f32x4.add(s3, s3), s2), sixth);
  v128.store(to + step * 2, f32x4.add(f32x4.sub(s4, f32x4.mul(s1, half)), outer));
}

/** A, over four runs of floats, and then the four as they are. */
export function fourToNine(
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  bytes: usize,
  to: usize,
  step: usize,
): void {
  for (let k: usize = 0; k < bytes; k += 16) {
    const y0 = v128.load(r0 + k);
    const y1 = v128.load(r1 + k);
    const y2 = v128.load(r2 + k);
    const y3 = v128.load(r3 + k);
    const even = f32x4.add(y0, y2);
    const odd = f32x4.add(y1, y3);
    const last = f32x4.add(y3, y3);
    // y0 + 2 (y1 + 2 (y2 + 2 y3)), from the inside.
    const inner = f32x4.add(y2, last);
    const outer = f32x4.add(y1, f32x4.add(inner, inner));
    let target = to + k;
    v128.store(target, y0);
    target += step;
    v128.store(target, f32x4.add(even, odd));
    target += step;
    v128.store(target, f32x4.sub(even, odd));
    target += step;
    v128.store(target, f32x4.add(y0, f32x4.add(outer, outer)));
    target += step;
    v128.store(target, y3);
    target += step;
    v128.store(target, y0);
    target += step;
    v128.store(target, y1);
    target += step;
    v128.store(target, y2);
    target += step;
    v128.store(target, y3);
  }
}
