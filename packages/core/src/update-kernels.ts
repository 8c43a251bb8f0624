/**
 * Kernels beside TensorFlow.js's own that do in one pass what a training step does to every weight.
 * `@eigengan/backends` registers them where it has them; `@eigengan/trainer` looks them up by name and
 * composes the same of TensorFlow.js's operations elsewhere. On wasm each number is rounded as by one operation
 * after the other; on tensorflow TensorFlow's own optimizers do it, and the last bits are theirs.
 *
 * All tensors of one call are float32 and of one shape. Results replace the inputs of the same names, which are
 * given up: one whose data nothing else holds (its reference count is 1) may be written in place. Results for
 * weights and averages have data ids of their own: a backend may keep what it made of a filter, under its
 * data's id.
 */
export const updateKernels = {
  /**
   * An update of Adam, `rate` already corrected: inputs `{ weight, m, v, gradient }`, attributes
   * `AdamKernelAttributes`, results `[weight, m, v]`:
   * `m += (1 - beta1) (gradient - m)`, the gradient itself where beta1 is 0;
   * `v += (1 - beta2) (gradient^2 - v)`; `weight -= rate m / (sqrt(v) + epsilon)`.
   */
  adam: 'EigenganAdam',
  /**
   * A step of a moving average: inputs `{ average, source }`, attributes `MovingAverageKernelAttributes`,
   * result `average + rest (source - average)`.
   */
  movingAverage: 'EigenganMovingAverage',
} as const;

export interface AdamKernelAttributes {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly rate: number;
}

export interface MovingAverageKernelAttributes {
  /** What the average gives up: 1 less its decay. */
  readonly rest: number;
}
