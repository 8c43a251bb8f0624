import * as tf from '@tensorflow/tfjs-core';
import { mirrorBack, untile } from './fold-axes';
import { scatterSlice } from './scatter-slice';
import { only, only4D } from './tensors';

/** Operations that only move, repeat or add up numbers; their gradients move them back. */
export const rearranging: readonly tf.GradConfig[] = [
  {
    // Takes the pixels of each block back into channels. Stock has none: it throws at first order.
    kernelName: tf.DepthToSpace,
    gradFunc: (dy, _, attrs) => ({
      x: () => {
        const block = Number(attrs.blockSize);
        const channelsLast = attrs.dataFormat !== 'NCHW';
        const image = channelsLast ? only4D(dy) : tf.transpose(only4D(dy), [0, 2, 3, 1]);
        const [batch, height, width, channels] = image.shape;
        const [rows, columns] = [height / block, width / block];
        const blocks = tf.reshape(image, [batch, rows, block, columns, block, channels]);
        const depths = tf.transpose(blocks, [0, 1, 3, 2, 4, 5]);
        const x = tf.reshape(depths, [batch, rows, columns, block * block * channels]);
        return channelsLast ? x : tf.transpose(x, [0, 3, 1, 2]);
      },
    }),
  },
  {
    // Adds to each pixel what its mirror images got. Stock forgets those: silently wrong at first order.
    kernelName: tf.MirrorPad,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({
      x: () =>
        mirrorBack(only(dy), only(x).shape, attrs.paddings as [number, number][], attrs.mode === 'reflect'),
    }),
  },
  {
    // Sums over the repetitions. Stock adds one slice for each: slow, and only up to rank 4.
    kernelName: tf.Tile,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => untile(only(dy), only(x).shape) }),
  },
  {
    // The cumulative sum from the other end. Stock transposes it, unless the axis is the last: wrong.
    kernelName: tf.Cumsum,
    gradFunc: (dy, _, attrs) => ({
      x: () => tf.cumsum(only(dy), Number(attrs.axis), attrs.exclusive === true, attrs.reverse !== true),
    }),
  },
  {
    // Puts each number back where it was taken, zeros elsewhere. Stock has none: it throws at first order.
    kernelName: tf.StridedSlice,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({
      x: () => scatterSlice(only(dy), only(x).shape, attrs as unknown as tf.StridedSliceAttrs),
    }),
  },
];
