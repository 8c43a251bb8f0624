import * as tf from '@tensorflow/tfjs-core';
import { inParts, partsOf, rangeOf } from './in-parts';
import { addressOf, type WasmBackend } from './kernel';
import { withScratch } from './scratch';
import {
  eachPaddedGroup,
  fewChannels,
  fillPixelTable,
  type PaddedImages,
  paddedLayout,
  panelBytes,
} from './simd-images';
import type { Simd } from './simd-module';
import { simdWinograd, winogradInputSizes, winogradPays } from './simd-winograd';

/**
 * The gradient of a convolution with respect to its input. With stride s the input's pixels fall into
 * s * s phases, each of which meets only every s-th tap of the filter: each is a convolution of `dy` with
 * its own taps that writes every s-th pixel, so that nothing is multiplied by zeros in between.
 *
 * @returns `[batch, height, width, in]`, owned by the caller.
 */
export function simdInputGradient(
  simd: Simd,
  backend: WasmBackend,
  dy: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const result = backend.makeOutput(info.inShape, 'float32');
  const output = addressOf(backend, result);
  const sizes = winogradInputSizes(info);
  if (sizes !== undefined && winogradPays(sizes)) {
    const tap = 4 * inChannels * outChannels;
    simdWinograd(simd, backend, {
      ...sizes,
      input: addressOf(backend, dy),
      output,
      filter: {
        address: addressOf(backend, filter) + 8 * tap,
        row: -3 * tap,
        column: -tap,
        channel: 4,
        outChannel: 4 * outChannels,
      },
    });
    return result;
  }
  const rows = axisPhases(info.strideHeight, padInfo.top, inHeight, info.filterHeight);
  const columns = axisPhases(info.strideWidth, padInfo.left, inWidth, info.filterWidth);
  const images: PaddedImages = {
    address: addressOf(backend, dy),
    images: batchSize,
    height: outHeight,
    width: outWidth,
    channels: outChannels,
    ...padding(rows, outHeight, 'top', 'bottom'),
    ...padding(columns, outWidth, 'left', 'right'),
  };
  const few = fewChannels(inChannels, outChannels);
  const taps = info.filterHeight * info.filterWidth * inChannels;
  const parts = partsOf(simd, tf.util.sizeFromShape(info.outShape) * taps, batchSize);
  const layout = paddedLayout(images, parts);
  const phases = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const pixel = 4 * inChannels;
  const image = pixel * inHeight * inWidth;
  const packedBytes = phases.map(({ row, column }) =>
    panelBytes(row.taps * column.taps * outChannels, inChannels),
  );
  const tableBytes = phases.map(({ row, column }) => 8 * layout.group * row.count * column.count);
  withScratch(
    backend,
    [layout.scratch * parts, panelBytes(1, inChannels), ...packedBytes, ...tableBytes],
    (padded = 0, start = 0, ...areas) => {
      const { memory } = simd;
      new Uint8Array(memory.buffer, start, panelBytes(1, inChannels)).fill(0);
      // A phase without taps, where the stride exceeds the filter, leaves zeros.
      const complete = phases.every(({ row, column }) => row.taps > 0 && column.taps > 0);
      if (!complete) new Uint8Array(memory.buffer, output, batchSize * image).fill(0);
      const work = phases.map(({ row, column }, index) => {
        const [packed = 0, table = 0] = [areas[index], areas[phases.length + index]];
        packPhase(simd, backend, filter, info, row, column, packed);
        fillPixelTable(
          simd,
          table,
          [layout.group, row.count, column.count],
          {
            first: (row.from + images.top) * layout.row + (column.from + images.left) * layout.pixel,
            pixel: layout.pixel,
            row: layout.row,
            image: layout.image,
          },
          {
            first: (row.start * inWidth + column.start) * pixel,
            pixel: pixel * info.strideWidth,
            row: pixel * inWidth * info.strideHeight,
            image,
          },
        );
        return { row, column, packed, table };
      });
      inParts(simd, parts, (part, index) => {
        const scratch = padded + layout.scratch * index;
        const range = rangeOf(batchSize, parts, index);
        eachPaddedGroup(part, images, layout, scratch, range, (address, first, count) => {
          for (const { row, column, packed, table } of work) {
            const pixels = count * row.count * column.count;
            if (pixels === 0 || row.taps === 0 || column.taps === 0) continue;
            const convolve = few ? part.kernels.convolveFew : part.kernels.convolve;
            convolve(
              address,
              packed,
              output + first * image,
              table,
              pixels,
              row.taps,
              column.taps * outChannels,
              layout.row,
              inChannels,
              start,
            );
          }
        });
      });
    },
  );
  return result;
}

/** The input positions h with (h + pad) mod stride = phase, along one axis. */
interface Phase {
  readonly phase: number;
  /** Taps of the filter that meet them. */
  readonly taps: number;
  /** The first position, and how many there are. */
  readonly start: number;
  readonly count: number;
  /** The first position of `dy` that the first of them needs; below 0 it lies in the padding. */
  readonly from: number;
}

function axisPhases(stride: number, pad: number, size: number, filter: number): readonly Phase[] {
  return Array.from({ length: stride }, (_, phase) => {
    const taps = Math.max(0, Math.ceil((filter - phase) / stride));
    // h + pad = q stride + phase; dy is met at q, q - 1, ..., q - taps + 1.
    const firstQuotient = Math.max(0, Math.ceil((pad - phase) / stride));
    const start = firstQuotient * stride + phase - pad;
    const count = Math.max(0, Math.ceil((size - start) / stride));
    return { phase, taps, start, count, from: firstQuotient - (taps - 1) };
  });
}

function padding<B extends string, A extends string>(
  phases: readonly Phase[],
  size: number,
  before: B,
  after: A,
): Record<B | A, number> {
  const used = phases.filter(({ taps, count }) => taps > 0 && count > 0);
  const first = Math.min(0, ...used.map(({ from }) => from));
  const end = Math.max(size, ...used.map(({ from, taps, count }) => from + taps - 1 + count));
  return { [before]: -first, [after]: end - size } as Record<B | A, number>;
}

/** Packs the taps of one phase, in the order in which they meet `dy`. */
function packPhase(
  { kernels }: Simd,
  backend: WasmBackend,
  filter: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
  row: Phase,
  column: Phase,
  packed: number,
): void {
  const address = addressOf(backend, filter);
  const { filterWidth, inChannels, outChannels, strideHeight, strideWidth } = info;
  const few = fewChannels(inChannels, outChannels);
  const total = row.taps * column.taps * outChannels;
  for (let t = 0; t < row.taps; t++) {
    for (let u = 0; u < column.taps; u++) {
      const i = (row.taps - 1 - t) * strideHeight + row.phase;
      const j = (column.taps - 1 - u) * strideWidth + column.phase;
      const tap = address + 4 * (i * filterWidth + j) * inChannels * outChannels;
      const first = (t * column.taps + u) * outChannels;
      const [depthStep, columnStep] = [4, 4 * outChannels];
      if (few) kernels.packFew(tap, packed, outChannels, inChannels, depthStep, columnStep, first);
      else kernels.packPanels(tap, packed, outChannels, inChannels, depthStep, columnStep, total, first);
    }
  }
}
