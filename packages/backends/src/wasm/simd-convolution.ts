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
import { simdWinograd, winogradPays, winogradSizes } from './simd-winograd';

/**
 * A convolution without dilation, channels last.
 *
 * @param bias `[out]`, added to every pixel, where given.
 * @returns `[batch, height', width', out]`, owned by the caller.
 */
export function simdConvolution(
  simd: Simd,
  backend: WasmBackend,
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
  bias?: tf.TensorInfo | undefined,
): tf.TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const result = backend.makeOutput(info.outShape, 'float32');
  const output = addressOf(backend, result);
  const sizes = winogradSizes(info);
  if (sizes !== undefined && winogradPays(sizes)) {
    simdWinograd(simd, backend, {
      ...sizes,
      input: addressOf(backend, x),
      output,
      bias: bias && addressOf(backend, bias),
      filter: {
        address: addressOf(backend, filter),
        row: 12 * inChannels * outChannels,
        column: 4 * inChannels * outChannels,
        channel: 4 * outChannels,
        outChannel: 4,
      },
    });
    return result;
  }
  const images: PaddedImages = {
    address: addressOf(backend, x),
    images: batchSize,
    height: inHeight,
    width: inWidth,
    channels: inChannels,
    top: padInfo.top,
    left: padInfo.left,
    bottom: Math.max(0, (outHeight - 1) * strideHeight + filterHeight - inHeight - padInfo.top),
    right: Math.max(0, (outWidth - 1) * strideWidth + filterWidth - inWidth - padInfo.left),
  };
  const depth = filterHeight * filterWidth * inChannels;
  const few = fewChannels(outChannels, filterWidth * inChannels);
  const parts = partsOf(simd, tf.util.sizeFromShape(info.outShape) * depth, batchSize);
  const layout = paddedLayout(images, parts);
  const outputPixel = 4 * outChannels;
  const outputImage = outputPixel * outHeight * outWidth;
  const pixels = outHeight * outWidth;
  withScratch(
    backend,
    [
      layout.scratch * parts,
      panelBytes(depth, outChannels),
      8 * layout.group * pixels,
      panelBytes(1, outChannels),
    ],
    (padded, packed, table, start) => {
      const { kernels, memory } = simd;
      const taps = addressOf(backend, filter);
      if (few) kernels.packFew(taps, packed, depth, outChannels, outputPixel, 4, 0);
      else kernels.packPanels(taps, packed, depth, outChannels, outputPixel, 4, depth, 0);
      const sums = new Float32Array(memory.buffer, start, panelBytes(1, outChannels) / 4).fill(0);
      if (bias !== undefined) {
        sums.set(new Float32Array(memory.buffer, addressOf(backend, bias), outChannels));
      }
      fillPixelTable(
        simd,
        table,
        [layout.group, outHeight, outWidth],
        { first: 0, pixel: layout.pixel * strideWidth, row: layout.row * strideHeight, image: layout.image },
        { first: 0, pixel: outputPixel, row: outputPixel * outWidth, image: outputImage },
      );
      inParts(simd, parts, (part, index) => {
        const scratch = padded + layout.scratch * index;
        const range = rangeOf(batchSize, parts, index);
        eachPaddedGroup(part, images, layout, scratch, range, (address, first, count) => {
          const convolve = few ? part.kernels.convolveFew : part.kernels.convolve;
          convolve(
            address,
            packed,
            output + first * outputImage,
            table,
            count * pixels,
            filterHeight,
            filterWidth * inChannels,
            layout.row,
            outChannels,
            start,
          );
        });
      });
    },
  );
  return result;
}
