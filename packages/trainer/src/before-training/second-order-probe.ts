import { fillNormal, type RandomStream, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { gradientsOf } from '../phases/gradients';

/** Something that can be differentiated, a layer or a model. */
export interface Probed {
  /** The shapes of the inputs, batch included. */
  readonly shapes: readonly (readonly number[])[];
  /** What it may be differentiated in besides its inputs. */
  readonly weights: readonly tf.Variable[];
  /** The same outputs for the same inputs, whatever was applied before. */
  apply(inputs: tf.Tensor[]): tf.Tensor[];
}

/** What a step size says of one part: the inputs, the outputs' weighting or one weight. All are L2 norms. */
interface Measured {
  /** Of H v as differentiated twice. */
  readonly twice: number;
  /** Of H v as measured: differences of gradients that were differentiated once. */
  readonly measured: number;
  /** Of the difference between the two. */
  readonly difference: number;
  /** Of the difference between this measurement and that of the step size before. */
  readonly drift: number;
  /** What rounding may make of the measurement. */
  readonly noise: number;
}

/** So few inputs move that hardly one of what depends on them passes a kink. */
const moved = 8;

/**
 * Compares H v, the Hessian of `phi(x, c, w) = sum(c f(x; w))` times a direction v in x, as tfjs
 * differentiates twice, `grad <v, grad_x phi>`, with central differences of first-order gradients,
 * `(grad phi(x + h v) - grad phi(x - h v)) / 2h`, which is the same by the symmetry of H. A penalty on
 * `grad_x f` is trained by exactly these: in x, in c (what comes from the layers above) and in w.
 *
 * @param steps h, large to small, where inputs are about 1
 * @param seed of x, c and v
 * @returns for each step size what it says of each part, as a tensor that `readMeasures` understands
 */
export function probe(probed: Probed, steps: readonly number[], seed: number): tf.Tensor {
  return tf.tidy(() => {
    const stream = seededStream(seed, 'second order');
    const starts = probed.shapes.map((shape) => normal(stream, shape, 1.5));
    const directions = starts.map((start) => sparse(stream, start.shape));
    const inputs = starts.map((start) => tf.variable(start));
    const weightings: tf.Variable[] = [];
    try {
      for (const { shape } of probed.apply(inputs)) weightings.push(tf.variable(normal(stream, shape)));
      const parts = [...inputs, ...weightings, ...probed.weights];
      const phi = (xs: tf.Tensor[]) => dot(probed.apply(xs), weightings);
      const slopes = tf.grads((...xs: tf.Tensor[]) => phi(xs));
      const twice = filled(
        gradientsOf(() => dot(slopes(inputs), directions), parts),
        parts,
      );
      const once = (step: number) => {
        inputs.forEach((input, i) => {
          input.assign(tf.add(at(starts, i), tf.mul(step, at(directions, i))));
        });
        return filled(
          gradientsOf(() => phi(inputs), parts),
          parts,
        );
      };
      let before: tf.Tensor[] | null = null;
      const rows: tf.Tensor[] = [];
      for (const step of steps) {
        const [up, down] = [once(step), once(-step)];
        const measured = up.map((gradient, i) => tf.div(tf.sub(gradient, at(down, i)), 2 * step));
        const sizes = up.map((gradient) => norm(gradient));
        const largest = tf.max(tf.stack(sizes));
        measured.forEach((part, i) => {
          const touched = tf.mul(at(up, i), tf.sign(tf.abs(part)));
          const noise = tf.add(tf.mul(1e-6 / step, norm(touched)), tf.mul(1e-7 / step, largest));
          const analytic = at(twice, i);
          rows.push(
            norm(analytic),
            norm(part),
            norm(tf.sub(analytic, part)),
            before === null ? tf.scalar(0) : norm(tf.sub(at(before, i), part)),
            noise,
          );
        });
        before = measured;
      }
      return tf.stack(rows);
    } finally {
      tf.dispose([inputs, weightings]);
    }
  });
}

/** The numbers of `probe`, by part, then by step size. */
export function readMeasures(values: ArrayLike<number>, steps: number): Measured[][] {
  const parts = values.length / steps / 5;
  return Array.from({ length: parts }, (_, part) =>
    Array.from({ length: steps }, (_, step) => {
      const [twice = 0, measured = 0, difference = 0, drift = 0, noise = 0] = Array.from(
        { length: 5 },
        (_, i) => values[(step * parts + part) * 5 + i] ?? Number.NaN,
      );
      return { twice, measured, difference, drift, noise };
    }),
  );
}

export interface Verdict {
  readonly kind: 'right' | 'wrong' | 'unclear';
  /** Relative, 1 where nothing is right. */
  readonly error: number;
}

/** Right ones were seen below 0.006 (layers) and 0.02 (models), tfjs's wrong ones above 0.1. */
const right = 0.02;
const steady = 0.05;
const wrong = 0.06;
/** Above so many times the noise a number means something. */
const clear = 5;

/**
 * Right where some step size agrees in every part: a large step may pass a kink, a small one drowns in
 * rounding. Wrong where the two smallest step sizes above the noise agree with one another and neither with what was
 * differentiated twice. Unclear otherwise.
 */
export function verdictOf(parts: readonly (readonly Measured[])[]): Verdict {
  const errors = parts.map(errorOf);
  const error = Math.max(0, ...errors);
  if (error <= right) return { kind: 'right', error };
  const refuted = parts.some((measures, i) => (errors[i] ?? 0) > wrong && isSteadilyWrong(measures));
  return { kind: refuted ? 'wrong' : 'unclear', error };
}

function sizeOf({ twice, measured }: Measured): number {
  return Math.max(twice, measured);
}

/** The smallest relative error over the step sizes. NaN counts as entirely wrong. */
function errorOf(measures: readonly Measured[]): number {
  const largest = Math.max(...measures.map(sizeOf));
  const [first] = measures;
  // Zero as far as can be seen.
  if (first !== undefined && largest <= clear * first.noise) return 0;
  const errors = measures.map((measure) => {
    if (sizeOf(measure) > clear * measure.noise) return measure.difference / sizeOf(measure);
    // Zero here, while a larger step passed a kink and gave more than the noise of this one.
    return sizeOf(measure) <= measure.noise ? measure.noise / largest : 1;
  });
  return Math.min(1, ...errors.map((value) => (Number.isNaN(value) ? 1 : value)));
}

/** Looks at the two smallest steps above the noise: there are the fewest kinks. */
function isSteadilyWrong(measures: readonly Measured[]): boolean {
  const usable = measures.filter((measure) => sizeOf(measure) > clear * measure.noise);
  const [before, last] = usable.slice(-2);
  if (before === undefined || last === undefined) return false;
  return (
    last.drift <= steady * sizeOf(last) &&
    [before, last].every((each) => each.difference > wrong * sizeOf(each))
  );
}

function normal(stream: RandomStream, shape: readonly number[], stddev = 1): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape([...shape]));
  return tf.tensor(fillNormal(stream, values, { stddev }), [...shape]);
}

/** A direction that moves a few elements only. */
function sparse(stream: RandomStream, shape: readonly number[]): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape([...shape]));
  for (let i = 0; i < moved && values.length > 0; i++) {
    values[stream.integer(values.length)] = (i % 2 === 0 ? 1 : -1) * (0.5 + stream.uniform());
  }
  return tf.tensor(values, [...shape]);
}

function dot(some: readonly tf.Tensor[], others: readonly tf.Tensor[]): tf.Scalar {
  return tf.addN(some.map((tensor, i) => tf.sum<tf.Scalar>(tf.mul(tensor, at(others, i)))));
}

function norm(tensor: tf.Tensor): tf.Scalar {
  return tf.sqrt(tf.sum<tf.Scalar>(tf.square(tensor)));
}

/** What the loss does not depend on has a gradient of zero. */
function filled(gradients: readonly (tf.Tensor | null)[], parts: readonly tf.Tensor[]): tf.Tensor[] {
  return parts.map((part, i) => gradients[i] ?? tf.zeros(part.shape));
}

function at(tensors: readonly tf.Tensor[], i: number): tf.Tensor {
  const tensor = tensors[i];
  if (tensor === undefined) throw new Error('one tensor for each');
  return tensor;
}
