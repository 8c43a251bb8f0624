import { formatError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * How a number is stored: a byte or two for a place between a weight's least and largest value, or half
 * precision. tfjs decodes them all by itself.
 */
export type Quantization = 'uint8' | 'uint16' | 'float16';

type WeightSpec = NonNullable<tf.io.ModelArtifacts['weightSpecs']>[number];

/**
 * A saved model with its weights in fewer bits. Zero stays zero exactly, as in tfjs's own converter; the
 * error of a whole number is at most half a step, (largest - least) / 255 or 65535.
 *
 * @throws FormatError when a weight is not float32 or not finite, or beyond the largest half, 65504
 */
export function quantizeWeights(artifacts: tf.io.ModelArtifacts, dtype: Quantization): tf.io.ModelArtifacts {
  const { weightSpecs = [], weightData = new ArrayBuffer(0) } = artifacts;
  const bytes = tf.io.CompositeArrayBuffer.join(weightData);
  const parts: Uint8Array[] = [];
  const specs: WeightSpec[] = [];
  let offset = 0;
  for (const spec of weightSpecs) {
    const where = `quantizeWeights: ${spec.name}`;
    if (spec.dtype !== 'float32' || spec.quantization !== undefined) {
      throw formatError(where, 'must be float32', spec.quantization?.dtype ?? spec.dtype);
    }
    const size = tf.util.sizeFromShape(spec.shape);
    const values = new Float32Array(bytes.slice(offset, offset + size * 4));
    offset += size * 4;
    const broken = values.find((value) => !Number.isFinite(value));
    if (broken !== undefined) throw formatError(where, 'must be finite', broken);
    const beyond = dtype === 'float16' && values.find((value) => Math.abs(value) > largestHalf);
    if (beyond) throw formatError(where, `must be within ${largestHalf} to be written as float16`, beyond);
    const { data, quantization } = dtype === 'float16' ? halves(values) : places(values, dtype);
    parts.push(new Uint8Array(data.buffer));
    specs.push({ ...spec, quantization });
  }
  const joined = tf.io.CompositeArrayBuffer.join(parts.map((part) => Uint8Array.from(part).buffer));
  return { ...artifacts, weightSpecs: specs, weightData: joined };
}

function places(values: Float32Array, dtype: 'uint8' | 'uint16') {
  const data = dtype === 'uint8' ? new Uint8Array(values.length) : new Uint16Array(values.length);
  const steps = dtype === 'uint8' ? 255 : 65535;
  let [least, largest] = [0, 0];
  for (const value of values) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  const scale = largest > least ? (largest - least) / steps : 1;
  // Zero falls on a place of its own.
  const zero = Math.round(-least / scale);
  values.forEach((value, i) => {
    data[i] = Math.min(steps, Math.max(0, Math.round(value / scale) + zero));
  });
  return { data, quantization: { dtype, scale, min: -zero * scale } };
}

function halves(values: Float32Array) {
  const data = new Uint16Array(values.length);
  values.forEach((value, i) => {
    data[i] = toHalf(value);
  });
  return { data, quantization: { dtype: 'float16' as const } };
}

/** The largest number of half precision. */
const largestHalf = 65504;
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The bits of the nearest number of half precision (IEEE 754 binary16), ties to even, of one that it reaches. */
function toHalf(value: number): number {
  float[0] = value;
  const [word = 0] = bits;
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 0xff) - 112;
  const mantissa = word & 0x7fffff;
  if (exponent < -10) return sign;
  // Below 2^-14 halves have no leading one of their own.
  const shift = exponent > 0 ? 13 : 14 - exponent;
  const whole = exponent > 0 ? (exponent << 23) | mantissa : mantissa | 0x800000;
  const half = whole >>> shift;
  const rest = whole & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return sign | (half + (rest > middle || (rest === middle && (half & 1) === 1) ? 1 : 0));
}
