import * as tf from '@tensorflow/tfjs-core';
import type { OwnKernel } from '../register-kernels';

/** Where a tensor's numbers lie: for the C++ side its number there, for ours its first byte. */
export interface TensorPlace {
  readonly id: number;
  readonly memoryOffset: number;
}

/** What the backend keeps of a tensor's data, and counts references in. */
export interface TensorRecord extends TensorPlace {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  refCount: number;
}

/** What the kernels use of tfjs's `BackendWasm`; its own type would make the package a hard dependency. */
export interface WasmBackend {
  readonly wasm: {
    /** Emscripten's exports: the memory is here in the build with one thread. */
    readonly asm?: { readonly memory?: WebAssembly.Memory };
    /** The shared memory of the threaded build. */
    readonly wasmMemory?: WebAssembly.Memory;
    /** Its workers. */
    readonly PThread?: {
      readonly runningWorkers: readonly PoolWorker[];
      readonly unusedWorkers: PoolWorker[];
    };
    _malloc(bytes: number): number;
    _free(offset: number): void;
  };
  readonly dataIdMap: {
    get(dataId: tf.DataId): Readonly<TensorRecord>;
    set(dataId: tf.DataId, record: TensorRecord): void;
    delete(dataId: tf.DataId): boolean;
  };
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): tf.TypedArray;
  incRef(dataId: tf.DataId): void;
  disposeData(dataId: tf.DataId): boolean;
}

/** A worker of a browser or of Node. */
export interface PoolWorker {
  terminate(): unknown;
  /** In Node: lets the process end while the worker runs. */
  unref?(): void;
}

/** Arguments of one call of a kernel with the inputs `I` and the attributes `A`. */
export interface WasmKernelArguments<I, A> {
  readonly inputs: I;
  readonly attrs: A;
  readonly backend: WasmBackend;
}

/**
 * Describes a kernel. tfjs's registry is untyped: this is the only place that gives it the types which
 * the kernel's op in tfjs-core guarantees.
 */
export function wasmKernel<I, A>(
  kernelName: string,
  create: (
    stock: tf.KernelFunc | undefined,
  ) => (args: WasmKernelArguments<I, A>) => tf.TensorInfo | tf.TensorInfo[],
): OwnKernel {
  return { kernelName, create: (stock) => create(stock) as unknown as tf.KernelFunc };
}

/** Runs a kernel of the backend `wasm` on plain tensor infos. The caller disposes of the result's data. */
export function runWasmKernel(
  backend: WasmBackend,
  kernelName: string,
  inputs: tf.NamedTensorInfoMap,
  attrs: Readonly<Record<string, unknown>>,
): tf.TensorInfo {
  const kernel = tf.getKernel(kernelName, 'wasm');
  return runKernelFunction(kernel.kernelFunc, backend, inputs, attrs);
}

/** Calls a kernel that has one output. */
export function runKernelFunction(
  kernel: tf.KernelFunc,
  backend: WasmBackend,
  inputs: tf.NamedTensorInfoMap,
  attrs: Readonly<Record<string, unknown>>,
): tf.TensorInfo {
  const result = kernel({ inputs: { ...inputs }, backend, attrs: { ...attrs } as tf.NamedAttrMap });
  return Array.isArray(result) ? (result[0] as tf.TensorInfo) : result;
}

/** Where the numbers of a tensor start in the memory. */
export function addressOf(backend: WasmBackend, { dataId }: tf.TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/** The numbers of a float tensor, in place; valid until anything is allocated. */
export function heapFloats(backend: WasmBackend, info: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap({ ...info, dtype: 'float32' }) as Float32Array;
}
