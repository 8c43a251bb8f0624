import * as tf from '@tensorflow/tfjs-core';
import { dense, four, head, image, one, type SecondOrderCase, weighted } from './second-order-maps';

export const reordering: readonly SecondOrderCase[] = [
  head('depthToSpace', (x) =>
    tf.depthToSpace(four(tf.concat([x, tf.square(tf.slice(x, [0, 0, 0, 0], [-1, -1, -1, 1]))], 3)), 2),
  ),
  head('spaceToBatchND and back', (x) => {
    const blocks = tf.spaceToBatchND(
      x,
      [2, 2],
      [
        [0, 1],
        [0, 0],
      ],
    );
    return tf.batchToSpaceND(
      tf.tanh(blocks),
      [2, 2],
      [
        [0, 1],
        [0, 0],
      ],
    );
  }),
  image('pad and slice', (x) =>
    tf.slice(
      tf.pad(x, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
      [0, 0, 1, 0],
      [2, 6, 3, 3],
    ),
  ),
  image('mirrorPad reflect', (x) =>
    tf.mirrorPad(
      x,
      [
        [0, 0],
        [2, 1],
        [1, 2],
        [0, 0],
      ],
      'reflect',
    ),
  ),
  image('mirrorPad symmetric', (x) =>
    tf.mirrorPad(
      x,
      [
        [0, 0],
        [2, 3],
        [0, 2],
        [0, 0],
      ],
      'symmetric',
    ),
  ),
  image('stridedSlice', (x) => tf.stridedSlice(x, [0, 1, 3, 0], [2, 5, 0, 3], [1, 2, -1, 1])),
  image('transpose and reverse', (x) => tf.reverse(tf.transpose(x, [0, 2, 1, 3]), [1, 2])),
  dense('tile and broadcastTo', (x) => {
    const twice = tf.tile(tf.tanh(x), [2, 1]);
    return tf.slice(tf.mul(twice, tf.broadcastTo(tf.mean(x, 0, true), twice.shape)), [1, 0], x.shape);
  }),
  head('tile of five axes', (x) => tf.tanh(tf.tile(tf.reshape(x, [2, 5, 2, 2, 3]), [1, 2, 1, 2, 1]))),
  dense('stack, unstack, split and concat', (x) => {
    const rows = tf.unstack(x, 0).map((row, i) => tf.mul(i + 1, tf.tanh(row)));
    const [first, rest] = tf.split(tf.stack(rows), [1, (x.shape[1] ?? 0) - 1], 1);
    return tf.concat([tf.square(one(rest)), one(first)], 1);
  }),
  weighted('gather', [3, 4], [4], (x, w) =>
    tf.gather(tf.tanh(tf.mul(x, w)), tf.tensor1d([2, 0, 2, 1, 3], 'int32'), 1),
  ),
  weighted('embedding of classes, by projection', [3, 4], [5, 4], (x, w) =>
    tf.mul(tf.tanh(x), tf.gather(w, tf.tensor1d([4, 1, 4], 'int32'))),
  ),
];
