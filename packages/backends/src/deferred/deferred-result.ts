import * as tf from '@tensorflow/tfjs-core';
import { type CountingBackend, handleOn } from '../data-handle';
import { settleInputs } from './settle-inputs';

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** The inputs of a deferred result when it is computed. */
export type Held<I extends Inputs> = { readonly [Name in keyof I]: tf.Tensor };

const results = new WeakMap<tf.DataId, DeferredResult<unknown>>();

/**
 * A float32 result that is computed when something looks at it, and never when it is freed before.
 *
 * tfjs's fused operations, which its layers are made of, compute the gradients in all of their inputs also
 * when only one is wanted: when G learns through D, when a penalty asks for the gradient in the images.
 *
 * It stands in for a backend's record of the data: a subclass says in that backend's words where the data is.
 */
export abstract class DeferredResult<Place> {
  #references = 1;
  #place: Place | null = null;
  #held: Held<Inputs> | null;
  readonly #compute: (held: Held<Inputs>) => Place;

  /**
   * @param inputs Kept until the result is computed or freed, as they are now: a variable may be assigned
   *   meanwhile.
   * @param compute Computes it and says where the backend has put it.
   */
  constructor(
    backend: CountingBackend,
    readonly shape: readonly number[],
    inputs: Inputs,
    compute: (held: Held<Inputs>) => Place,
  ) {
    this.#held = Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, hold(backend, input)]),
    );
    this.#compute = compute;
  }

  /** The inputs, while it is not computed; null then, and when it was freed. */
  protected get held(): Held<Inputs> | null {
    return this.#held;
  }

  /** The backend counts here who uses the data; at 0 it frees it. */
  get refCount(): number {
    return this.#references;
  }

  set refCount(count: number) {
    this.#references = count;
    if (count <= 0) this.#release();
  }

  /** Where the data is, null while it is not computed. */
  get place(): Place | null {
    return this.#place;
  }

  /** Where the data is, computed now if need be; null when it was freed before. */
  settle(): Place | null {
    const held = this.#held;
    if (held !== null) {
      this.#place = asKernel(() => this.#compute(held));
      this.#release();
    }
    return this.#place;
  }

  /** Where the data is; it is the caller's from now on, and gone from here. */
  give(): Place | null {
    const place = this.settle();
    this.#place = null;
    return place;
  }

  /** The tensor of this data, under the data id that the backend knows it by. */
  tensor(dataId: tf.DataId): tf.TensorInfo {
    results.set(dataId, this);
    return { dataId, shape: [...this.shape], dtype: 'float32' };
  }

  #release(): void {
    for (const tensor of Object.values(this.#held ?? {})) tensor.dispose();
    this.#held = null;
  }
}

/** Whether results can be deferred. */
export function canDefer(): boolean {
  return settleInputs((dataId) => results.get(dataId)?.settle());
}

/** Runs what a kernel would have done: no tape records what it is made of. */
function asKernel<T>(compute: () => T): T {
  const { state } = tf.engine();
  state.kernelDepth++;
  try {
    return compute();
  } finally {
    state.kernelDepth--;
  }
}

/** A tensor of the same data that no scope disposes of. */
function hold(backend: CountingBackend, input: tf.TensorInfo): tf.Tensor {
  return tf.keep(tf.engine().makeTensorFromTensorInfo(handleOn(backend, input)));
}
