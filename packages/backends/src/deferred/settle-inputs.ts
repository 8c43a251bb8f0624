import * as tf from '@tensorflow/tfjs-core';

type RunKernel = (
  kernelName: string,
  inputs: Readonly<Record<string, tf.Tensor | null | undefined>>,
  attrs?: tf.NamedAttrMap,
) => unknown;

/** These pass data on without looking at it. */
const passing: ReadonlySet<string> = new Set([tf.Identity, tf.Reshape]);

let inPlace = false;

/**
 * Has `settle` look at the data of every kernel's inputs before the kernel does. Computing one in the middle
 * of a kernel may grow the memory of wasm and so detach the views that the kernel already holds.
 *
 * @returns Whether it is in place: the way kernels are run is tfjs's own affair. Idempotent.
 */
export function settleInputs(settle: (dataId: tf.DataId) => void): boolean {
  if (inPlace) return true;
  const engine: object = tf.engine();
  const runKernel: unknown = Reflect.get(engine, 'runKernel');
  if (typeof runKernel !== 'function') return false;
  const settling: RunKernel = (kernelName, inputs, attrs) => {
    if (!passing.has(kernelName)) {
      for (const input of Object.values(inputs)) if (input) settle(input.dataId);
    }
    return Reflect.apply(runKernel, engine, [kernelName, inputs, attrs]);
  };
  inPlace = Reflect.set(engine, 'runKernel', settling);
  return inPlace;
}
