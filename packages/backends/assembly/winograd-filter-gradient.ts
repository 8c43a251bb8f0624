import { correlate } from './correlate';
import { fourToNine, halvesToTaps, transformHalves } from './winograd-halves';
import { rowAddress, transformInputs } from './winograd-inputs';

/**
 * Transforms what the gradient of a 3x3 filter is the sum of products of: the inputs and output gradients of
 * some strips of tiles, for `winogradCorrelate`. This is `winogradConvolve` read backwards.
 *
 * @param x `[images, height, width, channels]`; `channels` is a multiple of four, `columns` of eight.
 * @param top Rows of zeros above the input; `left` columns of zeros before it.
 * @param halves Whether for stride 2: then there are 81 matrices instead of 36.
 * @param dy `[images, outHeight, outWidth, columns]`.
 * @param first The first strip, counted over the images.
 * @param strip Room for the padded rows of a strip of the input, and of `dy`, seven or ten.
 * @param inputs Gets matrices `[tiles, channels]`, `inputStep` bytes apart.
 * @param gradients Gets as many matrices `[tiles, columns]`.
 */
export function winogradOperands(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  halves: bool,
  dy: usize,
  outHeight: i32,
  outWidth: i32,
  columns: i32,
  first: i32,
  strips: i32,
  strip: usize,
  inputs: usize,
  inputStep: usize,
  gradients: usize,
  gradientStep: usize,
): void {
  const tileRows = (outHeight + 3) >> 2;
  const tileColumns = (outWidth + 3) >> 2;
  if (halves) {
    transformHalves(
      x,
      height,
      width,
      channels,
      top,
      left,
      2,
      first,
      strips,
      tileRows,
      tileColumns,
      strip,
      inputs,
      inputStep,
    );
  } else {
    transformInputs(
      x,
      height,
      width,
      channels,
      top,
      left,
      first,
      strips,
      tileRows,
      tileColumns,
      strip,
      inputs,
      inputStep,
    );
  }
  transformGradients(
    dy,
    outHeight,
    outWidth,
    columns,
    halves,
    first,
    strips,
    tileRows,
    tileColumns,
    strip,
    gradients,
    gradientStep,
  );
}

function transformGradients(
  dy: usize,
  height: i32,
  width: i32,
  channels: i32,
  halves: bool,
  first: i32,
  strips: i32,
  tileRows: i32,
  tileColumns: i32,
  strip: usize,
  output: usize,
  outputStep: usize,
): void {
  const axis = halves ? 9 : 6;
  const pixel = (<usize>channels) << 2;
  const rowBytes = pixel * <usize>width;
  const tileBytes = pixel << 2;
  const stripRow = tileBytes * <usize>tileColumns;
  const zeros = strip + stripRow * axis;
  memory.fill(strip, 0, stripRow * (axis + 1));
  let image = first / tileRows;
  let tileRow = first - image * tileRows;
  for (let n = 0; n < strips; n++) {
    const from = dy + rowBytes * <usize>(image * height);
    const row = 4 * tileRow;
    transformFour(
      halves,
      from + rowBytes * <usize>row,
      rowAddress(from, row + 1, height, rowBytes, zeros),
      rowAddress(from, row + 2, height, rowBytes, zeros),
      rowAddress(from, row + 3, height, rowBytes, zeros),
      rowBytes,
      strip,
      stripRow,
    );
    for (let tile = 0; tile < tileColumns; tile++) {
      let tileStart = strip + tileBytes * <usize>tile;
      let target = output;
      for (let i = 0; i < axis; i++) {
        transformFour(
          halves,
          tileStart,
          tileStart + pixel,
          tileStart + pixel * 2,
          tileStart + pixel * 3,
          pixel,
          target,
          outputStep,
        );
        tileStart += stripRow;
        target += outputStep * axis;
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

function transformFour(
  halves: bool,
  r0: usize,
  r1: usize,
  r2: usize,
  r3: usize,
  bytes: usize,
  to: usize,
  step: usize,
): void {
  if (halves) fourToNine(r0, r1, r2, r3, bytes, to, step);
  else fourToSix(r0, r1, r2, r3, bytes, to, step);
}

/** A, over four runs of floats: `to[i] = sum_j A[i][j] r[j]`. */
function fourToSix(r0: usize, r1: usize, r2: usize, r3: usize, bytes: usize, to: usize, step: usize): void {
  for (let k: usize = 0; k < bytes; k += 16) {
    const y0 = v128.load(r0 + k);
    const y1 = v128.load(r1 + k);
    const y2 = v128.load(r2 + k);
    const y3 = v128.load(r3 + k);
    let target = to + k;
    v128.store(target, y0);
    const inner = f32x4.add(y0, f32x4.mul(y2, f32x4.splat(4.0 / 9.0)));
    const innerOdd = f32x4.add(f32x4.mul(y1, f32x4.splat(2.0 / 3.0)), f32x4.mul(y3, f32x4.splat(8.0 / 27.0)));
    target += step;
    v128.store(target, f32x4.add(inner, innerOdd));
    target += step;
    v128.store(target, f32x4.sub(inner, innerOdd));
    const outer = f32x4.add(y0, f32x4.mul(y2, f32x4.splat(9.0 / 4.0)));
    const outerOdd = f32x4.add(f32x4.mul(y1, f32x4.splat(3.0 / 2.0)), f32x4.mul(y3, f32x4.splat(27.0 / 8.0)));
    target += step;
    v128.store(target, f32x4.add(outer, outerOdd));
    target += step;
    v128.store(target, f32x4.sub(outer, outerOdd));
    target += step;
    v128.store(target, y3);
  }
}

/**
 * Adds to matrices `[channels, columns]` the sums over tiles of all products of two sets of channels.
 *
 * @param sums `sumStep` bytes from matrix to matrix.
 * @param first The first of the 36 sums to work on; `end` the one after the last.
 */
export function winogradCorrelate(
  halves: bool,
  inputs: usize,
  inputStep: usize,
  gradients: usize,
  gradientStep: usize,
  channels: i32,
  columns: i32,
  tiles: i32,
  sums: usize,
  sumStep: usize,
  first: i32,
  end: i32,
): void {
  const axis = halves ? 9 : 6;
  for (let index = first; index < end; index++) {
    const row = index / 6;
    const column = index - 6 * row;
    const sum = sums + sumStep * <usize>index;
    // The last row and the last column of sums are those of several products.
    const rowEnd = row === 5 ? axis : row + 1;
    const columnEnd = column === 5 ? axis : column + 1;
    for (let i = row; i < rowEnd; i++) {
      for (let j = column; j < columnEnd; j++) {
        const product = <usize>(i * axis + j);
        correlateTiles(
          inputs + inputStep * product,
          gradients + gradientStep * product,
          channels,
          columns,
          tiles,
          sum,
        );
      }
    }
  }
}

function correlateTiles(x: usize, dy: usize, channels: i32, columns: i32, tiles: i32, sum: usize): void {
  const xBytes = (<usize>channels) << 2;
  const dyBytes = (<usize>columns) << 2;
  for (let column: usize = 0; column < dyBytes; column += 32) {
    let target = sum + column;
    for (let channel: usize = 0; channel < xBytes; channel += 16) {
      correlate(x + channel, xBytes, 0, 0, dy + column, dyBytes, 0, 0, 1, 1, tiles, target, dyBytes);
      target += dyBytes << 2;
    }
  }
}

/**
 * Transforms those sums into the gradient of the filter.
 *
 * @param chunks How many sets of sums are added up, `chunkStep` bytes apart.
 * @param output `[3, 3, channels, columns]`.
 * @param first The first input channel to be written; `end` the one after the last.
 * @param halves Whether for stride 2.
 * @param scratch Room for 18 vectors.
 */
export function winogradFilterGradient(
  sums: usize,
  sumStep: usize,
  chunks: i32,
  chunkStep: usize,
  channels: i32,
  columns: i32,
  output: usize,
  first: i32,
  end: i32,
  halves: bool,
  scratch: usize,
): void {
  const rowBytes = (<usize>columns) << 2;
  const tap = rowBytes * <usize>channels;
  for (let k = rowBytes * <usize>first; k < rowBytes * <usize>end; k += 16) {
    let from = sums + k;
    for (let j: usize = 0; j < 96; j += 16) {
      const s0 = total(from, chunks, chunkStep);
      const s1 = total(from + sumStep * 6, chunks, chunkStep);
      const s2 = total(from + sumStep * 12, chunks, chunkStep);
      const s3 = total(from + sumStep * 18, chunks, chunkStep);
      const s4 = total(from + sumStep * 24, chunks, chunkStep);
      const s5 = total(from + sumStep * 30, chunks, chunkStep);
      if (halves) halvesToTaps(s0, s1, s2, s3, s4, s5, scratch + j, 96);
      else sixToThree(s0, s1, s2, s3, s4, s5, scratch + j, 96);
      from += sumStep;
    }
    let row = scratch;
    let to = output + k;
    for (let i = 0; i < 3; i++) {
      const s0 = v128.load(row);
      const s1 = v128.load(row, 16);
      const s2 = v128.load(row, 32);
      const s3 = v128.load(row, 48);
      const s4 = v128.load(row, 64);
      const s5 = v128.load(row, 80);
      if (halves) halvesToTaps(s0, s1, s2, s3, s4, s5, to, tap);
      else sixToThree(s0, s1, s2, s3, s4, s5, to, tap);
      row += 96;
      to += tap * 3;
    }
  }
}

function total(from: usize, chunks: i32, chunkStep: usize): v128 {
  let sum = v128.load(from);
  for (let chunk = 1; chunk < chunks; chunk++) {
    from += chunkStep;
    sum = f32x4.add(sum, v128.load(from));
  }
  return sum;
}

/** G transposed, along one axis. */
function sixToThree(
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
  s4: v128,
  s5: v128,
  to: usize,
  step: usize,
): void {
  const inner = f32x4.add(s1, s2);
  const outer = f32x4.add(s3, s4);
  const first = f32x4.sub(
    f32x4.mul(outer, f32x4.splat(8.0 / 65.0)),
    f32x4.mul(inner, f32x4.splat(81.0 / 130.0)),
  );
  v128.store(to, f32x4.add(s0, first));
  const innerOdd = f32x4.mul(f32x4.sub(s1, s2), f32x4.splat(27.0 / 65.0));
  const outerOdd = f32x4.mul(f32x4.sub(s3, s4), f32x4.splat(12.0 / 65.0));
  v128.store(to + step, f32x4.sub(outerOdd, innerOdd));
  const third = f32x4.mul(f32x4.sub(outer, inner), f32x4.splat(18.0 / 65.0));
  v128.store(to + step * 2, f32x4.add(third, s5));
}
