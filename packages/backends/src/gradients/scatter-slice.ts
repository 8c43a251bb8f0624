import * as tf from '@tensorflow/tfjs-core';

/** Puts the numbers of a strided slice back where `tf.stridedSlice` took them, into zeros of `shape`. */
export function scatterSlice(slice: tf.Tensor, shape: number[], attrs: tf.StridedSliceAttrs): tf.Tensor {
  const { begin, end, strides } = tf.slice_util.sliceInfo(
    shape,
    attrs.begin,
    attrs.end,
    attrs.strides,
    attrs.beginMask,
    attrs.endMask,
    attrs.ellipsisMask,
    attrs.newAxisMask,
    attrs.shrinkAxisMask,
  );
  // With the axes of x: without those that the slice added, with those that it dropped.
  const counts = tf.slice_util.computeOutShape(begin, end, strides);
  return shape.reduce(
    (placed, size, axis) => place(placed, axis, size, begin[axis] ?? 0, strides[axis] ?? 1),
    tf.reshape(slice, counts),
  );
}

/** Spreads an axis to `size`: what is at i goes to `begin + i * stride`. */
function place(tensor: tf.Tensor, axis: number, size: number, begin: number, stride: number): tf.Tensor {
  const count = tensor.shape[axis] ?? 0;
  if (count === size && stride === 1) return tensor;
  if (stride < 0) {
    return place(tf.reverse(tensor, axis), axis, size, begin + (count - 1) * stride, -stride);
  }
  const before = tf.util.sizeFromShape(tensor.shape.slice(0, axis));
  const after = tf.util.sizeFromShape(tensor.shape.slice(axis + 1));
  const gaps = tf.pad(tf.reshape(tensor, [before, count, 1, after]), [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  const spread = (count - 1) * stride + 1;
  const trimmed = tf.slice(
    tf.reshape(gaps, [before, count * stride, after]),
    [0, 0, 0],
    [before, spread, after],
  );
  const placed = tf.pad(trimmed, [
    [0, 0],
    [begin, size - begin - spread],
    [0, 0],
  ]);
  return tf.reshape(
    placed,
    tensor.shape.map((present, i) => (i === axis ? size : present)),
  );
}
