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

/** Times the kernels of a backend, from `start` on. They must be done when they return: on cpu, wasm, tensorflow. */
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
      this.#inner.push(0);
      const start = performance.now();
      try {
        return kernelFunc(call);
      } finally {
        const all = performance.now() - start;
        const inner = this.#inner.pop() ?? 0;
        const caller = this.#inner.length - 1;
        if (caller >= 0) this.#inner[caller] = (this.#inner[caller] ?? 0) + all;
        add(this.#kernels, kernelName, all - inner);
        add(this.#shapes, `${kernelName} ${shapesOf(call.inputs)}`, all - inner);
      }
    };
  }
}

function add(times: Map<string, KernelTime>, name: string, spent: number): void {
  const { calls = 0, milliseconds = 0 } = times.get(name) ?? {};
  times.set(name, { name, calls: calls + 1, milliseconds: milliseconds + spent });
}

function shapesOf(inputs: tf.NamedTensorInfoMap): string {
  return Object.values(inputs)
    .flat()
    .map((input) => `[${input?.shape.join(',') ?? ''}]`)
    .join(' ');
}
