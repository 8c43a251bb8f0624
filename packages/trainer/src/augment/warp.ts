import * as tf from '@tensorflow/tfjs-core';
import { type Affine, isUnmoved } from './affine';
import { type GatherBlock, gatherBlock } from './gather-matrix';
import { type ImageShape, imageShape } from './image-shape';
import { linearMap } from './linear-map';

/**
 * Images `[batch, height, width, channels]`, each moved by its own affine map: bilinear between pixels; beyond
 * its border an image goes on as its mirror picture, the outermost pixels standing once (`tf.mirrorPad`'s
 * 'reflect'). Where a map leads from pixel to pixel the values stay the same to the last bit.
 */
export function warp(images: tf.Tensor, maps: readonly Affine[]): tf.Tensor {
  return maps.every(isUnmoved) ? images : mapPixels(images, warpBlock(imageShape(images), maps));
}

/** Images moved by whole pixels to the right and down, with zeros where nothing comes in. */
export function shift(
  images: tf.Tensor,
  moves: readonly { readonly x: number; readonly y: number }[],
): tf.Tensor {
  const { batch, height, width } = imageShape(images);
  const block = gatherBlock(batch * height * width, 1);
  moves.forEach(({ x, y }, image) => {
    for (let row = Math.max(0, y); row < Math.min(height, height + y); row++) {
      for (let column = Math.max(0, x); column < Math.min(width, width + x); column++) {
        const to = (image * height + row) * width + column;
        block.indices[to] = to - y * width - x;
        block.weights[to] = 1;
      }
    }
  });
  return mapPixels(images, block);
}

function mapPixels(images: tf.Tensor, block: GatherBlock): tf.Tensor {
  const { batch, height, width, channels } = imageShape(images);
  const count = batch * height * width;
  return tf.reshape(linearMap(block, count)(tf.reshape(images, [count, channels])), images.shape);
}

/** Four pixels weighed for each, or one where no image is between pixels. */
function warpBlock({ height, width }: ImageShape, maps: readonly Affine[]): GatherBlock {
  const count = maps.length * height * width;
  const { indices, weights, ...block } = gatherBlock(count, 4);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  let between = false;
  let place = 0;
  maps.forEach(({ xx, xy, x0, yx, yy, y0 }, image) => {
    const start = image * height * width;
    for (let y = -middleY; y <= middleY; y++) {
      for (let x = -middleX; x <= middleX; x++, place++) {
        const across = xx * x + xy * y + x0 + middleX;
        const down = yx * x + yy * y + y0 + middleY;
        const left = Math.floor(across);
        const top = Math.floor(down);
        const right = across - left;
        const lower = down - top;
        const upperRow = start + mirrored(top, height) * width;
        const lowerRow = start + mirrored(top + 1, height) * width;
        const leftColumn = mirrored(left, width);
        const rightColumn = mirrored(left + 1, width);
        indices[place] = upperRow + leftColumn;
        weights[place] = (1 - lower) * (1 - right);
        if (right === 0 && lower === 0) continue;
        between = true;
        indices[count + place] = upperRow + rightColumn;
        weights[count + place] = (1 - lower) * right;
        indices[2 * count + place] = lowerRow + leftColumn;
        weights[2 * count + place] = lower * (1 - right);
        indices[3 * count + place] = lowerRow + rightColumn;
        weights[3 * count + place] = lower * right;
      }
    }
  });
  if (between) return { ...block, indices, weights };
  return {
    rows: count,
    entries: 1,
    indices: indices.subarray(0, count),
    weights: weights.subarray(0, count),
  };
}

/** The place in an image of `size` that a place outside of it mirrors. */
function mirrored(place: number, size: number): number {
  if (place >= 0 && place < size) return place;
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const within = ((place % period) + period) % period;
  return within < size ? within : period - within;
}
