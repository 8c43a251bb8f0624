import * as tf from '@tensorflow/tfjs-core';

/** What the kernels of one name, and of one name and shapes, took. */
export interface KernelTime {
  /** `Conv2D`, or `Conv2D [32,16,16,64] [3,3,64,64]`. */
  readonly name: string;
  readonly calls: number;
  /** Milliseconds in all, without the kernels that these called. */
  readonly milliseconds: number;
}

export interface KernelProfile {
  readonly kernels: readonly KernelTime[];
  /** The same, apart by the shapes of the inputs. */
  readonly shapes: readonly KernelTime[];
}

/**
 * Times the kernels of a backend, from `start` on: when they return they must be done, as on cpu, wasm and
 * tensorflow, or have deferred their result, which counts as a call if and when it is computed.
 */
export class KernelProfiler {
  #kernels = new Map<string, KernelTime>();
  #shapes = new Map<string, KernelTime>();
  /** For each kernel that is running, the time of those it called. */
  readonly #inner: number[] = [];

  constructor(backend: string) {
    for (const config of tf.getKernelsForBackend(backend)) {
      tf.unregisterKernel(config.kernelName, backend);
      tf.registerKernel({ ...config, kernelFunc: this.#timed(config) });
    }
  }

  /** Forgets what was measured so far. */
  start(): void {
    this.#kernels = new Map();
    this.#shapes = new Map();
  }

  result(): KernelProfile {
    const slowestFirst = (times: Map<string, KernelTime>) =>
      [...times.values()].sort((a, b) => b.milliseconds - a.milliseconds);
    return { kernels: slowestFirst(this.#kernels), shapes: slowestFirst(this.#shapes) };
  }

  #timed({ kernelName, kernelFunc }: tf.KernelConfig): tf.KernelFunc {
    return (call) => {
      const shapes = `${kernelName} ${shapesOf(call.inputs)}`;
      return this.#measure(kernelName, shapes, () => {
        const result = kernelFunc(call);
        const deferred = Array.isArray(result) ? undefined : deferredResult(call.backend, result.dataId);
        if (deferred === undefined) return { result, calls: 1 };
        const { settle } = deferred;
        deferred.settle = () => {
          deferred.settle = settle;
          return this.#measure(kernelName, shapes, () => {
            const place = settle.call(deferred);
            // It was freed before.
            return { result: place, calls: place === null ? 0 : 1 };
          });
        };
        return { result, calls: 0 };
      });
    };
  }

  #measure<T>(kernelName: string, shapes: string, work: () => { result: T; calls: number }): T {
    this.#inner.push(0);
    const start = performance.now();
    const { result, calls } = work();
    const all = performance.now() - start;
    const own = all - (this.#inner.pop() ?? 0);
    const caller = this.#inner.length - 1;
    if (caller >= 0) this.#inner[caller] = (this.#inner[caller] ?? 0) + all;
    add(this.#kernels, kernelName, calls, own);
    add(this.#shapes, shapes, calls, own);
    return result;
  }
}

/** A result that a kernel of ours has put off until something looks at it. */
interface Deferred {
  settle(): unknown;
}

/** The backends keep it where their own records of the data are. */
function deferredResult(backend: object, dataId: tf.DataId): Deferred | undefined {
  for (const name of ['dataIdMap', 'tensorMap']) {
    const records: unknown = Reflect.get(backend, name);
    if (!isRecords(records) || !records.has(dataId)) continue;
    const record = records.get(dataId);
    return isDeferred(record) ? record : undefined;
  }
  return undefined;
}

function isRecords(value: unknown): value is Pick<Map<tf.DataId, unknown>, 'has' | 'get'> {
  return typeof value === 'object' && value !== null && 'has' in value && 'get' in value;
}

function isDeferred(value: unknown): value is Deferred {
  return (
    typeof value === 'object' && value !== null && 'settle' in value && typeof value.settle === 'function'
  );
}

function add(times: Map<string, KernelTime>, name: string, more: number, spent: number): void {
  const { calls = 0, milliseconds = 0 } = times.get(name) ?? {};
  times.set(name, { name, calls: calls + more, milliseconds: milliseconds + spent });
}

function shapesOf(inputs: tf.NamedTensorInfoMap): string {
  return Object.values(inputs)
    .flat()
    .map((input) => `[${input?.shape.join(',') ?? ''}]`)
    .join(' ');
}
