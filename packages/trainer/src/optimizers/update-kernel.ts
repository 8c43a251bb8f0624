import * as tf from '@tensorflow/tfjs-core';

/**
 * Runs one of core's `updateKernels` and gives its results to the variables they replace, in order, where the
 * current backend has it.
 *
 * @returns Whether it had: if not, nothing was done.
 */
export function updatedByKernel(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: object,
  replaced: readonly tf.Variable[],
): boolean {
  const kernel: tf.KernelConfig | undefined = tf.getKernel(name, tf.getBackend());
  if (kernel === undefined || Object.values(inputs).some(({ dtype }) => dtype !== 'float32')) return false;
  tf.tidy(() => {
    const results = [tf.engine().runKernel(name, { ...inputs }, { ...attributes })].flat();
    for (const [i, variable] of replaced.entries()) {
      const result = results[i];
      if (result instanceof tf.Tensor) variable.assign(result);
    }
  });
  return true;
}
