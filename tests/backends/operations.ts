import * as tf from '@tensorflow/tfjs-core';
import { augmentations } from './augmentations';
import { convolutions } from './convolutions';
import { given, given4d, type Operation } from './operation';

/** Odd, and not square. */
const image = [3, 7, 9, 5] as const;
const matrix = [17, 33] as const;

const unary = (name: string, apply: (x: tf.Tensor) => tf.Tensor): Operation => ({
  name,
  operands: [matrix],
  apply: (x) => apply(given(x)),
});

const onImages = (
  name: string,
  apply: (x: tf.Tensor4D) => tf.Tensor,
  operand: readonly number[] = image,
): Operation => ({
  name,
  operands: [operand],
  apply: (x) => apply(given4d(x)),
});

const activations: readonly Operation[] = [
  unary('leakyRelu', (x) => tf.leakyRelu(x, 0.2)),
  unary('relu', tf.relu),
  unary('elu', tf.elu),
  unary('selu', tf.selu),
  unary('tanh', tf.tanh),
  unary('sigmoid', tf.sigmoid),
  unary('swish', (x) => tf.mul(x, tf.sigmoid(x))),
  unary('softplus', tf.softplus),
  unary('softmax', (x) => tf.softmax(x)),
  unary('clipByValue', (x) => tf.clipByValue(x, -0.5, 0.8)),
  { name: 'prelu', operands: [matrix, [33]], apply: (x, slope) => tf.prelu(given(x), given(slope)) },
  { name: 'maximum', operands: [matrix, matrix], apply: (a, b) => tf.maximum(given(a), given(b)) },
];

/** Where stock tfjs reads beyond the end of an odd inner dimension, and the padding there is no number. */
const ofLogarithms: Operation = {
  name: 'matMul of logarithms, first transposed',
  operands: [
    [5, 3],
    [5, 4],
  ],
  apply: (a, b) => {
    const positive = (x?: tf.Tensor) => tf.log(tf.add(tf.square(given(x)), 0.5));
    return tf.matMul(positive(a), positive(b), true);
  },
};

const products = [false, true].flatMap((transposeA) =>
  [false, true].map(
    (transposeB): Operation => ({
      name: `matMul${transposeA ? ', first transposed' : ''}${transposeB ? ', second transposed' : ''}`,
      operands: [transposeA ? [2, 33, 17] : [2, 17, 33], transposeB ? [2, 5, 33] : [2, 33, 5]],
      apply: (a, b) => tf.matMul(given(a), given(b), transposeA, transposeB),
    }),
  ),
);

/** With a bias and an activation in the same kernel; stock wasm leaves both out here. */
const fusedProducts = products.map(
  ({ name, operands: [a, b] }): Operation => ({
    name: `fused ${name}, bias, ReLU`,
    operands: [a ?? [], b ?? [], [5]],
    apply: (a, b, bias) =>
      tf.fused.matMul({
        a: given(a),
        b: given(b),
        bias: given(bias),
        activation: 'relu',
        transposeA: name.includes('first'),
        transposeB: name.includes('second'),
      }),
  }),
);

const dense = [1, 16, 17, 33].map(
  (batch): Operation => ({
    name: `dense, batch ${batch}`,
    operands: [[batch, 19], [19, 7], [7]],
    costly: batch !== 1 && batch !== 17,
    apply: (x, kernel, bias) => tf.add(tf.matMul(given(x), given(kernel)), given(bias)),
  }),
);

/** `(x - mean) / deviation * scale + offset`, with the mean and the variance over `axes`. */
function normalize(axes: number[], x?: tf.Tensor, scale?: tf.Tensor, offset?: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(given(x), axes, true);
  const deviation = tf.sqrt(tf.add(variance, 1e-3));
  return tf.add(tf.mul(tf.div(tf.sub(given(x), mean), deviation), given(scale)), given(offset));
}

const normalizations: readonly Operation[] = [
  ['batch', [0, 1, 2]] as const,
  ['layer', [1, 2, 3]] as const,
  ['instance', [1, 2]] as const,
].map(
  ([name, axes]): Operation => ({
    name: `${name} normalization`,
    operands: [image, [5], [5]],
    apply: (x, scale, offset) => normalize([...axes], x, scale, offset),
  }),
);

const shapes: readonly Operation[] = [
  onImages('average pooling', (x) => tf.avgPool(x, 2, 2, 'same')),
  onImages('average pooling that overlaps', (x) => tf.avgPool(x, 3, 2, 'valid')),
  onImages('max pooling', (x) => tf.maxPool(x, 2, 2, 'same')),
  onImages('max pooling of an even size', (x) => tf.maxPool(x, 2, 2, 'valid'), [16, 8, 6, 3]),
  onImages('nearest resizing', (x) => tf.image.resizeNearestNeighbor(x, [14, 18])),
  onImages('bilinear resizing', (x) => tf.image.resizeBilinear(x, [14, 18])),
  onImages('bilinear resizing with half-pixel centres', (x) =>
    tf.image.resizeBilinear(x, [14, 18], false, true),
  ),
  onImages('padding', (x) =>
    tf.pad(x, [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ]),
  ),
  onImages('slicing', (x) => tf.slice(x, [0, 1, 2, 0], [3, 4, 5, 5])),
  onImages('transposing', (x) => tf.transpose(x, [3, 0, 2, 1])),
  onImages('mean over pixels', (x) => tf.mean(x, [1, 2])),
  onImages('standard deviation over the batch', (x) => tf.sqrt(tf.add(tf.moments(x, [0]).variance, 1e-3))),
  {
    name: 'joining channels',
    operands: [image, [3, 7, 9, 2]],
    apply: (a, b) => tf.concat([given(a), given(b)], 3),
  },
  {
    name: 'gathering rows',
    operands: [matrix],
    apply: (x) => tf.gather(given(x), tf.tensor1d([3, 0, 16, 3, 5], 'int32')),
  },
];

/** Every operation that is compared with `cpu`, forward and in its gradients. */
export const operations: readonly Operation[] = [
  ...convolutions,
  ...activations,
  ...dense,
  ...products,
  ...fusedProducts,
  ofLogarithms,
  ...normalizations,
  ...shapes,
  ...augmentations,
];
