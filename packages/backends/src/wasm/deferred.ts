import * as tf from '@tensorflow/tfjs-core';
import type { TensorPlace, TensorRecord, WasmBackend } from './kernel';

/** What the backend finds of data that is thrown away before it was computed: freeing it does nothing. */
const nowhere: TensorPlace = { id: 0, memoryOffset: 0 };

/** The backend's record of a result that is computed when its place is first asked for. */
class DeferredData implements TensorRecord {
  readonly dtype = 'float32';
  refCount = 1;
  #place: TensorPlace | null = null;

  constructor(
    readonly shape: readonly number[],
    readonly compute: () => TensorPlace,
    readonly release: () => void,
  ) {}

  get id(): number {
    return this.place().id;
  }

  get memoryOffset(): number {
    return this.place().memoryOffset;
  }

  place(): TensorPlace {
    if (this.#place === null) {
      // The backend counts down before it frees.
      this.#place = this.refCount > 0 ? this.compute() : nowhere;
      this.release();
    }
    return this.#place;
  }
}

const records = new WeakMap<tf.DataId, DeferredData>();

/**
 * A result that is computed when something looks at it, and never when it is disposed of before.
 *
 * tfjs's fused operations, which its layers are made of, compute the gradients in all of their inputs also
 * when only one is wanted: when G learns through D, when a penalty asks for the gradient in the images.
 *
 * @param inputs Kept until then, as they are now: a variable may be assigned meanwhile.
 * @param compute Gets the inputs; gives a float32 tensor of its own, of the given shape.
 */
export function deferred<const Inputs extends Readonly<Record<string, tf.TensorInfo>>>(
  backend: WasmBackend,
  shape: readonly number[],
  inputs: Inputs,
  compute: (inputs: { readonly [Name in keyof Inputs]: tf.TensorInfo }) => tf.TensorInfo,
): tf.TensorInfo {
  if (!settlesInputs()) return compute(inputs);
  const held = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, hold(backend, input)]),
  ) as { [Name in keyof Inputs]: tf.Tensor };
  const data = new DeferredData(
    shape,
    () => {
      const { dataId } = compute(held);
      const { id, memoryOffset } = backend.dataIdMap.get(dataId);
      backend.dataIdMap.delete(dataId);
      return { id, memoryOffset };
    },
    () => {
      for (const tensor of Object.values(held)) tensor.dispose();
    },
  );
  const dataId = {};
  backend.dataIdMap.set(dataId, data);
  records.set(dataId, data);
  return { dataId, shape: [...shape], dtype: 'float32' };
}

/** A tensor of the same data that no scope disposes of. */
function hold(backend: WasmBackend, { dataId, shape, dtype }: tf.TensorInfo): tf.Tensor {
  backend.incRef(dataId);
  const engine = tf.engine();
  return tf.keep(engine.makeTensorFromTensorInfo({ dataId, shape, dtype }));
}

type RunKernel = (
  kernelName: string,
  inputs: Readonly<Record<string, tf.Tensor | null | undefined>>,
  attrs?: tf.NamedAttrMap,
) => unknown;

/** On our function, so that it is put in place once, also when two copies of this package do it. */
const ours = Symbol.for('eigengan.settledInputs');

/** These pass data on without looking at it. */
const passing: ReadonlySet<string> = new Set([tf.Identity, tf.Reshape]);

/**
 * Has every kernel find its inputs computed. Computing one in the middle of a kernel may grow the memory
 * and so detach the views that the kernel already holds.
 *
 * @returns Whether it is in place: nothing is deferred otherwise.
 */
function settlesInputs(): boolean {
  const engine: object = tf.engine();
  const runKernel: unknown = Reflect.get(engine, 'runKernel');
  if (typeof runKernel !== 'function') return false;
  if (Reflect.get(runKernel, ours) === true) return true;
  const settled: RunKernel = (kernelName, inputs, attrs) => {
    if (!passing.has(kernelName)) {
      for (const input of Object.values(inputs)) if (input) records.get(input.dataId)?.place();
    }
    return Reflect.apply(runKernel, engine, [kernelName, inputs, attrs]);
  };
  Object.defineProperty(settled, ours, { value: true });
  return Reflect.set(engine, 'runKernel', settled);
}
