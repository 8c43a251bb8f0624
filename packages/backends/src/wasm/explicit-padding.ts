import type * as tf from '@tensorflow/tfjs-core';

type Padding = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

/**
 * `pad` with 'same' given in numbers. Stock wasm leaves 'same' padding to XNNPACK, which computes it with
 * unsigned numbers, so that where a stride exceeds the filter's size the result underflows and the output
 * is silently zero.
 */
export function explicitPadding(pad: Padding, info: tf.backend_util.Conv2DInfo): Padding {
  if (pad !== 'same') return pad;
  const { top, bottom, left, right } = info.padInfo;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}
