import type * as tf from '@tensorflow/tfjs-core';
import { inParts, partsOf, rangeOf } from './in-parts';
import { addressOf, type WasmBackend } from './kernel';
import { withScratch } from './scratch';
import type { Simd } from './simd-module';
import { winogradSizes } from './simd-winograd';
import { simdWinogradGradient, winogradGradientPays } from './simd-winograd-gradient';

/** About how many output pixels a correlation runs over: their channels stay in the first cache. */
const groupPixels = 256;

/**
 * The gradient of a convolution with respect to its filter, `[height, width, in, out]`, owned by the caller.
 *
 * Runs over groups of output pixels. Their part of the input is copied with its padding, in blocks of four
 * channels, or as it is where that wastes less; their part of `dy` in blocks of eight.
 */
export function simdFilterGradient(
  simd: Simd,
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const result = backend.makeOutput([filterHeight, filterWidth, inChannels, outChannels], 'float32');
  const output = addressOf(backend, result);
  const sizes = winogradSizes(info);
  if (sizes !== undefined && winogradGradientPays(sizes)) {
    simdWinogradGradient(simd, backend, {
      ...sizes,
      x: addressOf(backend, x),
      dy: addressOf(backend, dy),
      output,
    });
    return result;
  }
  const form = chooseForm(info);
  const groups = groupsOf(info);
  const direct = form.kind === 'blocks' && inChannels % 4 === 0 && outChannels % 8 === 0;
  const count = form.rows * form.columns;
  const pixels = info.batchSize * info.outHeight * info.outWidth;
  const chunks = chunksOf(info.batchSize, pixels);
  const paddedBytes = groups.images * groups.inRows * groups.inColumns * form.pixelBytes;
  const packedBytes = groups.images * groups.rows * info.outWidth * form.dyPixelBytes;
  withScratch(
    backend,
    [paddedBytes * chunks, packedBytes * chunks, 4 * count * (direct ? chunks - 1 : chunks)],
    (padded, packed, scratch) => {
      const sumsOf = (chunk: number) =>
        direct ? (chunk === 0 ? output : scratch + 4 * count * (chunk - 1)) : scratch + 4 * count * chunk;
      const work = partsOf(simd, pixels * count, chunks) > 1 ? simd : { ...simd, helpers: [] };
      inParts(work, chunks, (part, chunk) => {
        const addresses = {
          x: addressOf(backend, x),
          dy: addressOf(backend, dy),
          padded: padded + paddedBytes * chunk,
          packed: packed + packedBytes * chunk,
          sums: sumsOf(chunk),
        };
        part.kernels.clear(addresses.sums, 4 * count);
        const [start, end] = rangeOf(info.batchSize, chunks, chunk);
        for (let first = start; first < end; first += groups.images) {
          const images = Math.min(groups.images, end - first);
          for (let row = 0; row < info.outHeight; row += groups.rows) {
            const rows = Math.min(groups.rows, info.outHeight - row);
            addGroup(part, info, form, groups, addresses, { first, images, row, rows });
          }
        }
      });
      for (let chunk = 1; chunk < chunks; chunk++) {
        simd.kernels.addRow(sumsOf(0), sumsOf(chunk), sumsOf(0), 1, count);
      }
      if (!direct) {
        const target = new Float32Array(
          simd.memory.buffer,
          output,
          filterHeight * filterWidth * inChannels * outChannels,
        );
        form.copy(new Float32Array(simd.memory.buffer, sumsOf(0), count), target);
      }
    },
  );
  return result;
}

/**
 * In how many chunks the images are summed, each by itself: the same however many threads there are, so
 * that the result is. Few where a chunk would have so few pixels that adding up its sums takes as long.
 */
function chunksOf(batch: number, pixels: number): number {
  return Math.max(1, Math.min(8, batch, Math.floor(pixels / groupPixels)));
}

/** How the input is laid out for the correlations, and where the sums land. */
interface Form {
  readonly kind: 'blocks' | 'runs' | 'few';
  /** Bytes of a pixel of the copied input, over all blocks. */
  readonly pixelBytes: number;
  /** Bytes of a pixel of the copied `dy`, over all blocks. */
  readonly dyPixelBytes: number;
  /** Blocks of the input, or of a run of taps. */
  readonly blocks: number;
  /** Shape of the sums. */
  readonly rows: number;
  readonly columns: number;
  /** Brings the sums into the order of a filter. */
  copy(sums: Float32Array, filter: Float32Array): void;
}

function chooseForm(info: tf.backend_util.Conv2DInfo): Form {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const run = filterWidth * inChannels;
  const copyBy =
    (index: (i: number, j: number, c: number, o: number) => number) =>
    (sums: Float32Array, filter: Float32Array) => {
      let target = 0;
      for (let i = 0; i < filterHeight; i++) {
        for (let j = 0; j < filterWidth; j++) {
          for (let c = 0; c < inChannels; c++) {
            for (let o = 0; o < outChannels; o++) filter[target++] = sums[index(i, j, c, o)] as number;
          }
        }
      }
    };
  if (outChannels <= 4) {
    const blocks = Math.ceil(run / 8);
    const columns = filterHeight * blocks * 8;
    return {
      kind: 'few',
      pixelBytes: 4 * inChannels,
      dyPixelBytes: 16,
      blocks,
      rows: 4,
      columns,
      copy: copyBy((i, j, c, o) => o * columns + i * blocks * 8 + j * inChannels + c),
    };
  }
  const columns = 8 * Math.ceil(outChannels / 8);
  const runBlocks = Math.ceil(run / 4);
  const channelBlocks = Math.ceil(inChannels / 4);
  if (runBlocks < filterWidth * channelBlocks) {
    return {
      kind: 'runs',
      pixelBytes: 4 * inChannels,
      dyPixelBytes: 4 * columns,
      blocks: runBlocks,
      rows: filterHeight * runBlocks * 4,
      columns,
      copy: copyBy((i, j, c, o) => (i * runBlocks * 4 + j * inChannels + c) * columns + o),
    };
  }
  return {
    kind: 'blocks',
    pixelBytes: 16 * channelBlocks,
    dyPixelBytes: 4 * columns,
    blocks: channelBlocks,
    rows: filterHeight * filterWidth * channelBlocks * 4,
    columns,
    copy: copyBy((i, j, c, o) => ((i * filterWidth + j) * channelBlocks * 4 + c) * columns + o),
  };
}

/** Sizes of a group of output pixels, and of the input that it meets. */
interface Groups {
  readonly images: number;
  readonly rows: number;
  readonly inRows: number;
  readonly inColumns: number;
}

function groupsOf(info: tf.backend_util.Conv2DInfo): Groups {
  const pixels = info.outHeight * info.outWidth;
  const images = Math.max(1, Math.min(info.batchSize, Math.floor(groupPixels / pixels)));
  const rows = images > 1 ? info.outHeight : Math.min(info.outHeight, Math.ceil(groupPixels / info.outWidth));
  return {
    images,
    rows,
    inRows: (rows - 1) * info.strideHeight + info.filterHeight,
    inColumns: (info.outWidth - 1) * info.strideWidth + info.filterWidth,
  };
}

interface Addresses {
  readonly x: number;
  readonly dy: number;
  readonly padded: number;
  readonly packed: number;
  readonly sums: number;
}

interface Group {
  readonly first: number;
  readonly images: number;
  readonly row: number;
  readonly rows: number;
}

function addGroup(
  simd: Simd,
  info: tf.backend_util.Conv2DInfo,
  form: Form,
  groups: Groups,
  at: Addresses,
  group: Group,
): void {
  const { kernels } = simd;
  const { outChannels, outWidth, strideHeight, strideWidth } = info;
  const layout = copyInput(simd, info, form, groups, at, group);
  const pixels = group.images * group.rows * outWidth;
  const block = form.kind === 'few' ? 4 : 8;
  const dyBlock = 4 * block * pixels;
  kernels.packBlocks(
    at.dy + 4 * outChannels * outWidth * (group.first * info.outHeight + group.row),
    at.packed,
    1,
    pixels,
    outChannels,
    4 * outChannels,
    block,
    0,
    0,
    dyBlock,
  );
  const xStep = layout.pixel * strideWidth;
  const xRow = layout.row * strideHeight;
  if (form.kind === 'few') {
    kernels.filterGradientOfFew(
      at.padded,
      xStep,
      xRow,
      layout.image,
      info.filterHeight,
      layout.row,
      form.blocks,
      at.packed,
      group.images,
      group.rows,
      outWidth,
      at.sums,
      4 * form.columns,
    );
    return;
  }
  kernels.filterGradient(
    at.padded,
    xStep,
    xRow,
    layout.image,
    info.filterHeight,
    form.kind === 'runs' ? 1 : info.filterWidth,
    layout.row,
    layout.pixel,
    form.blocks,
    form.kind === 'runs' ? 16 : layout.block,
    at.packed,
    form.columns / 8,
    dyBlock,
    group.images,
    group.rows,
    outWidth,
    at.sums,
    4 * form.columns,
  );
}

/** Copies what the group meets of the input, zeros around it; returns the steps of the copy in bytes. */
function copyInput(
  { kernels }: Simd,
  info: tf.backend_util.Conv2DInfo,
  form: Form,
  groups: Groups,
  at: Addresses,
  group: Group,
): { readonly pixel: number; readonly row: number; readonly image: number; readonly block: number } {
  const { inHeight, inWidth, inChannels, padInfo } = info;
  const pixel = form.kind === 'blocks' ? 16 : 4 * inChannels;
  const row = pixel * groups.inColumns;
  const image = row * groups.inRows;
  const block = image * groups.images;
  const top = group.row * info.strideHeight - padInfo.top;
  const firstRow = Math.max(0, top);
  const rows = Math.min(inHeight, top + groups.inRows) - firstRow;
  const columns = Math.min(inWidth, groups.inColumns - padInfo.left);
  if (rows < groups.inRows || columns < groups.inColumns) {
    kernels.clear(at.padded, groups.images * groups.inRows * groups.inColumns * form.pixelBytes);
  }
  const sourceRow = 4 * inChannels * inWidth;
  const source = at.x + sourceRow * (group.first * inHeight + firstRow);
  const target = at.padded + (firstRow - top) * row + padInfo.left * pixel;
  if (rows > 0 && columns > 0) {
    if (form.kind === 'blocks') {
      for (let n = 0; n < group.images; n++) {
        kernels.packBlocks(
          source + n * sourceRow * inHeight,
          target + n * image,
          rows,
          columns,
          inChannels,
          4 * inChannels,
          4,
          sourceRow,
          row,
          block,
        );
      }
    } else {
      kernels.copyImages(
        source,
        target,
        group.images,
        rows,
        columns * pixel,
        sourceRow,
        sourceRow * inHeight,
        row,
        image,
      );
    }
  }
  return { pixel, row, image, block };
}
