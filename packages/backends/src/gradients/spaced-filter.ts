import * as tf from '@tensorflow/tfjs-core';

/** Steps between the taps of a dilated filter, along height and width. */
export type Dilation = readonly [number, number];

/** Reads a kernel's attribute `dilations`, which may be a number, a pair or absent. */
export function dilationOf(attribute: unknown): Dilation {
  if (typeof attribute === 'number') return [attribute, attribute];
  return Array.isArray(attribute) ? [Number(attribute[0]), Number(attribute[1])] : [1, 1];
}

export function isDilated([height, width]: Dilation): boolean {
  return height > 1 || width > 1;
}

/** `[height, width, in, out]` of the plain filter that does what the dilated one does. */
export function spacedShape(shape: readonly number[], dilation: Dilation): [number, number, number, number] {
  const [height, width, input, output] = shape as [number, number, number, number];
  return [(height - 1) * dilation[0] + 1, (width - 1) * dilation[1] + 1, input, output];
}

/** Puts zeros between the taps. One axis at a time: WebGL pads no more than four. */
export function space(filter: tf.Tensor4D, dilation: Dilation): tf.Tensor4D {
  const [height, width, input, output] = filter.shape;
  const rows = tf.pad(tf.reshape(filter, [height, 1, width * input * output]), [
    [0, 0],
    [0, dilation[0] - 1],
    [0, 0],
  ]);
  const taps = tf.pad(tf.reshape(rows, [height * dilation[0], width, 1, input * output]), [
    [0, 0],
    [0, 0],
    [0, dilation[1] - 1],
    [0, 0],
  ]);
  const whole: tf.Tensor4D = tf.reshape(taps, [height * dilation[0], width * dilation[1], input, output]);
  return tf.slice(whole, [0, 0, 0, 0], spacedShape(filter.shape, dilation));
}

/** Takes the taps out again, into `shape`: the transpose of `space`. */
export function unspace(
  spaced: tf.Tensor4D,
  shape: [number, number, number, number],
  dilation: Dilation,
): tf.Tensor4D {
  const [height, width, input, output] = shape;
  const whole = tf.pad(spaced, [
    [0, dilation[0] - 1],
    [0, dilation[1] - 1],
    [0, 0],
    [0, 0],
  ]);
  const rows = tf.slice(
    tf.reshape(whole, [height, dilation[0], width * dilation[1] * input * output]),
    [0, 0, 0],
    [height, 1, width * dilation[1] * input * output],
  );
  const taps = tf.slice(
    tf.reshape(rows, [height, width, dilation[1], input * output]),
    [0, 0, 0, 0],
    [height, width, 1, input * output],
  );
  return tf.reshape(taps, shape);
}
