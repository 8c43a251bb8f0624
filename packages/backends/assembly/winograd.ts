import { convolve } from './convolve';
import { tapsToHalves, transformHalves, transformProducts } from './winograd-halves';
import { transformInputs } from './winograd-inputs';

/**
 * Convolves with a 3x3 filter. With stride 1 by Winograd's F(4x4, 3x3) (Lavin and Gray, "Fast Algorithms for
 * Convolutional Neural Networks", 2016): a tile of 4x4 output pixels takes 36 products of each pair of
 * channels instead of 144. The interpolation points are 0, a, -a, b, -b and infinity with a = 2/3 and b = 3/2,
 * which leave half the rounding error of the usual 1 and 2; that ab = 1 saves multiplications.
 * With stride 2, and for its input gradient, by 81 products as `winograd-halves.ts` says.
 *
 * Works on groups of strips, which are rows of tiles. The tiles' transformed inputs are matrices
 * `[tiles, channels]`, to be multiplied by the 36 matrices of the transformed filter.
 *
 * @param input `[images, height, width, channels]`; `channels` and `columns` are multiples of four.
 * @param top Rows of zeros above the input; `left` columns of zeros before it.
 * @param kind 0 for stride 1, 1 for stride 2, 2 for the input gradient of stride 2.
 * @param filter As `winogradFilter` leaves it, its matrices `filterStep` bytes apart.
 * @param output `[images, outHeight, outWidth, columns]`.
 * @param zeros `columns` zeros, filled up to a multiple of eight.
 * @param bias `columns` floats that are added to every pixel.
 * @param table For each tile of a group two u32: its place in a matrix of the transformed input and of the
 *   transformed output, in bytes.
 * @param first The first strip, counted over the images; `end` the one after the last.
 * @param group Strips a group.
 * @param strip Room for the padded rows of a strip, seven or ten, `stripBytes` long; then 80 vectors.
 * @param inputs Room for the transformed inputs of a group, `inputStep` bytes apart.
 * @param products The same for their products.
 */
export function winogradConvolve(
  input: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  kind: i32,
  filter: usize,
  filterStep: usize,
  output: usize,
  outHeight: i32,
  outWidth: i32,
  columns: i32,
  zeros: usize,
  bias: usize,
  table: usize,
  first: i32,
  end: i32,
  group: i32,
  strip: usize,
  stripBytes: usize,
  inputs: usize,
  inputStep: usize,
  products: usize,
  productStep: usize,
): void {
  const size = kind === 2 ? 8 : 4;
  const axis = kind === 0 ? 6 : 9;
  const tileRows = (outHeight + size - 1) / size;
  const tileColumns = (outWidth + size - 1) / size;
  const pixel = (<usize>channels) << 2;
  const scratch = strip + stripBytes;
  for (; first < end; first += group) {
    const strips = min(group, end - first);
    if (kind === 0) {
      transformInputs(
        input,
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
    } else {
      transformHalves(
        input,
        height,
        width,
        channels,
        top,
        left,
        kind === 1 ? 2 : 1,
        first,
        strips,
        tileRows,
        tileColumns,
        strip,
        inputs,
        inputStep,
      );
    }
    let x = inputs;
    let y = products;
    for (let i = 0; i < axis; i++) {
      for (let j = 0; j < axis; j++) {
        convolve(
          x,
          filter + filterStep * <usize>(min(i, 5) * 6 + min(j, 5)),
          y,
          table,
          strips * tileColumns,
          1,
          channels,
          pixel,
          columns,
          zeros,
        );
        x += inputStep;
        y += productStep;
      }
    }
    if (kind === 0) {
      transformOutputs(
        products,
        productStep,
        output,
        outHeight,
        outWidth,
        columns,
        bias,
        first,
        strips,
        tileRows,
        tileColumns,
        scratch,
      );
    } else {
      transformProducts(
        products,
        productStep,
        output,
        outHeight,
        outWidth,
        columns,
        bias,
        kind === 2,
        first,
        strips,
        tileRows,
        tileColumns,
        scratch,
      );
    }
  }
}

/**
 * Transforms a 3x3 filter into 36 matrices `[depth, columns]` in the panels of `packPanels`.
 *
 * @param filter The tap that meets the first pixel; `tapRow` and `tapColumn` bytes to the next one.
 * @param depthStep Bytes from row to row of the matrices in the filter; `columnStep` from column to column.
 * @param columns A multiple of four.
 * @param output `outputStep` bytes from matrix to matrix.
 * @param first The first of the columns to be written, a multiple of four; `end` the one after the last.
 * @param halves Whether for stride 2.
 * @param scratch Room for 18 vectors.
 */
export function winogradFilter(
  filter: usize,
  tapRow: usize,
  tapColumn: usize,
  depthStep: usize,
  columnStep: usize,
  depth: i32,
  columns: i32,
  output: usize,
  outputStep: usize,
  first: i32,
  end: i32,
  halves: bool,
  scratch: usize,
): void {
  for (let column = first; column < end; column += 4) {
    const panel = column & ~7;
    const width = columns - panel > 4 ? 8 : 4;
    let from = filter + <usize>column * columnStep;
    let start = output + ((<usize>(panel * depth + column - panel)) << 2);
    for (let k = 0; k < depth; k++) {
      let tap = from;
      for (let j: usize = 0; j < 48; j += 16) {
        const g0 = loadFour(tap, columnStep);
        const g1 = loadFour(tap + tapRow, columnStep);
        const g2 = loadFour(tap + tapRow + tapRow, columnStep);
        if (halves) tapsToHalves(g0, g1, g2, scratch + j, 48);
        else threeToSix(g0, g1, g2, scratch + j, 48);
        tap += tapColumn;
      }
      let row = scratch;
      let to = start;
      for (let i = 0; i < 6; i++) {
        const g0 = v128.load(row);
        const g1 = v128.load(row, 16);
        const g2 = v128.load(row, 32);
        if (halves) tapsToHalves(g0, g1, g2, to, outputStep);
        else threeToSix(g0, g1, g2, to, outputStep);
        row += 48;
        to += outputStep * 6;
      }
      from += depthStep;
      start += (<usize>width) << 2;
    }
  }
}

function loadFour(address: usize, step: usize): v128 {
  if (step === 4) return v128.load(address);
  let values = v128.load32_zero(address);
  values = v128.load32_lane(address + step, values, 1);
  values = v128.load32_lane(address + step * 2, values, 2);
  return v128.load32_lane(address + step * 3, values, 3);
}

/** G, along one axis of a filter. */
function threeToSix(g0: v128, g1: v128, g2: v128, to: usize, step: usize): void {
  const third = f32x4.mul(g2, f32x4.splat(18.0 / 65.0));
  const inner = f32x4.add(f32x4.mul(g0, f32x4.splat(81.0 / 130.0)), third);
  const innerOdd = f32x4.mul(g1, f32x4.splat(27.0 / 65.0));
  const outer = f32x4.add(f32x4.mul(g0, f32x4.splat(8.0 / 65.0)), third);
  const outerOdd = f32x4.mul(g1, f32x4.splat(12.0 / 65.0));
  v128.store(to, g0);
  v128.store(to + step, f32x4.neg(f32x4.add(inner, innerOdd)));
  v128.store(to + step * 2, f32x4.sub(innerOdd, inner));
  v128.store(to + step * 3, f32x4.add(outer, outerOdd));
  v128.store(to + step * 4, f32x4.sub(outer, outerOdd));
  v128.store(to + step * 5, g2);
}

/** Transforms the products of some strips into output pixels. */
function transformOutputs(
  products: usize,
  step: usize,
  output: usize,
  height: i32,
  width: i32,
  channels: i32,
  bias: usize,
  first: i32,
  strips: i32,
  tileRows: i32,
  tileColumns: i32,
  scratch: usize,
): void {
  const pixel = (<usize>channels) << 2;
  const rowBytes = pixel * <usize>width;
  let image = first / tileRows;
  let tileRow = first - image * tileRows;
  for (let n = 0; n < strips; n++) {
    const rows = min(4, height - 4 * tileRow);
    let target = output + rowBytes * <usize>(image * height + 4 * tileRow);
    for (let tile = 0; tile < tileColumns; tile++) {
      const columns = min(4, width - 4 * tile);
      for (let c: usize = 0; c < pixel; c += 16) {
        columnsToFour(products + c, step, scratch);
        rowsToFour(scratch, target + c, rowBytes, pixel, rows, columns, v128.load(bias + c));
      }
      products += pixel;
      target += pixel << 2;
    }
    tileRow++;
    if (tileRow === tileRows) {
      tileRow = 0;
      image++;
    }
  }
}

/** A transposed, down the six columns of a tile of products; four rows of six vectors. */
function columnsToFour(from: usize, step: usize, to: usize): void {
  const rowStep = step * 6;
  for (const end = to + 96; to < end; to += 16) {
    const m1 = v128.load(from + rowStep);
    const m2 = v128.load(from + rowStep * 2);
    const m3 = v128.load(from + rowStep * 3);
    const m4 = v128.load(from + rowStep * 4);
    const inner = f32x4.add(m1, m2);
    const outer = f32x4.add(m3, m4);
    v128.store(to, f32x4.add(f32x4.add(v128.load(from), inner), outer));
    v128.store(to, weighted(inner, 4.0 / 9.0, outer, 9.0 / 4.0), 192);
    const innerOdd = f32x4.sub(m1, m2);
    const outerOdd = f32x4.sub(m3, m4);
    v128.store(to, weighted(innerOdd, 2.0 / 3.0, outerOdd, 3.0 / 2.0), 96);
    const cubes = weighted(innerOdd, 8.0 / 27.0, outerOdd, 27.0 / 8.0);
    v128.store(to, f32x4.add(cubes, v128.load(from + rowStep * 5)), 288);
    from += step;
  }
}

/** The same along those rows, to pixels. */
function rowsToFour(
  from: usize,
  to: usize,
  rowBytes: usize,
  pixel: usize,
  rows: i32,
  columns: i32,
  bias: v128,
): void {
  for (let i = 0; i < rows; i++) {
    const m1 = v128.load(from, 16);
    const m2 = v128.load(from, 32);
    const m3 = v128.load(from, 48);
    const m4 = v128.load(from, 64);
    const inner = f32x4.add(m1, m2);
    const outer = f32x4.add(m3, m4);
    v128.store(to, f32x4.add(f32x4.add(f32x4.add(v128.load(from), inner), outer), bias));
    if (columns > 1) {
      const innerOdd = f32x4.sub(m1, m2);
      const outerOdd = f32x4.sub(m3, m4);
      v128.store(to + pixel, f32x4.add(weighted(innerOdd, 2.0 / 3.0, outerOdd, 3.0 / 2.0), bias));
      if (columns > 2) {
        v128.store(to + pixel * 2, f32x4.add(weighted(inner, 4.0 / 9.0, outer, 9.0 / 4.0), bias));
      }
      if (columns > 3) {
        const cubes = weighted(innerOdd, 8.0 / 27.0, outerOdd, 27.0 / 8.0);
        v128.store(to + pixel * 3, f32x4.add(f32x4.add(cubes, v128.load(from, 80)), bias));
      }
    }
    from += 96;
    to += rowBytes;
  }
}

function weighted(x: v128, a: f32, y: v128, b: f32): v128 {
  return f32x4.add(f32x4.mul(x, f32x4.splat(a)), f32x4.mul(y, f32x4.splat(b)));
}
