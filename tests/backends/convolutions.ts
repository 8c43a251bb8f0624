import * as tf from '@tensorflow/tfjs-core';
import { given, given4d, type Operation } from './operation';

const sizes = [
  [8, 8],
  [7, 9],
] as const;

const batches = [1, 16, 17, 33] as const;

/** Even and odd sizes, batches around the widths of the kernels' inner loops. */
const inAllSizes = sizes.flatMap(([height, width]) =>
  batches.flatMap((batch): Operation[] => {
    const where = `${height} x ${width}, batch ${batch}`;
    const costly = batch !== 17;
    const doubled = [2 * height, 2 * width] as const;
    return [
      ...([1, 2] as const).map(
        (stride): Operation => ({
          name: `conv2d, stride ${stride}, ${where}`,
          operands: [[batch, height, width, 3], [3, 3, 3, 8], [8]],
          costly,
          apply: (x, filter, bias) =>
            tf.add(tf.conv2d(given4d(x), given4d(filter), stride, 'same'), given(bias)),
        }),
      ),
      {
        name: `conv2dTranspose, stride 2, ${where}`,
        operands: [[batch, height, width, 6], [3, 3, 4, 6], [4]],
        costly,
        apply: (x, filter, bias) =>
          tf.add(
            tf.conv2dTranspose(given4d(x), given4d(filter), [batch, ...doubled, 4], 2, 'same'),
            given(bias),
          ),
      },
    ];
  }),
);

const image = [3, 7, 9, 5] as const;

const others: readonly Operation[] = [
  {
    name: 'conv2d without padding, stride 2',
    operands: [image, [3, 3, 5, 4]],
    apply: (x, filter) => tf.conv2d(given4d(x), given4d(filter), 2, 'valid'),
  },
  {
    name: 'conv2d of one pixel',
    operands: [image, [1, 1, 5, 4]],
    apply: (x, filter) => tf.conv2d(given4d(x), given4d(filter), 1, 'same'),
  },
  {
    name: 'conv2d of a wide filter',
    operands: [image, [4, 5, 5, 3]],
    apply: (x, filter) => tf.conv2d(given4d(x), given4d(filter), [2, 1], 'same'),
  },
  {
    name: 'conv2dTranspose, stride 1',
    operands: [image, [3, 3, 4, 5]],
    apply: (x, filter) => tf.conv2dTranspose(given4d(x), given4d(filter), [3, 7, 9, 4], 1, 'same'),
  },
  ...([1, 2] as const).map(
    (stride): Operation => ({
      name: `depthwiseConv2d, stride ${stride}`,
      operands: [image, [3, 3, 5, 2]],
      apply: (x, filter) => tf.depthwiseConv2d(given4d(x), given4d(filter), stride, 'same'),
    }),
  ),
  {
    name: 'separableConv2d',
    operands: [image, [3, 3, 5, 1], [1, 1, 5, 4]],
    apply: (x, depthwise, pointwise) =>
      tf.separableConv2d(given4d(x), given4d(depthwise), given4d(pointwise), 1, 'same'),
  },
];

export const convolutions: readonly Operation[] = [...inAllSizes, ...others];
