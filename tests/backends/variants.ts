import type { BackendName } from '@eigengan/backends';
import type { Place } from './place';

/** The backends that the suite tests; wasm twice, because a process can hold one build of it only. */
export type VariantName = 'cpu' | 'wasm' | 'wasm-threads' | 'tensorflow' | 'webgpu' | 'webgl';

/** One way to run tfjs, and how far it may be from the backend `cpu`. */
export interface Variant {
  readonly backend: BackendName;
  readonly threads: number;
  /** Where it can be had at all. */
  readonly places: readonly Place[];
  /** Whether it may be missing where it can be had: then its tests are skipped. Otherwise they fail. */
  readonly optional: boolean;
  /** Largest differences from `cpu`, as parts of the largest number of a tensor. */
  readonly tolerance: {
    /** Of a forward pass, and of gradients. */
    readonly single: number;
    /** Of the gradients of a gradient penalty. */
    readonly penalty: number;
    /** Of the losses of ten steps. */
    readonly losses: number;
    /** Of a weight after ten steps, in the Euclidean norm. */
    readonly weights: number;
    /** From the official implementation's numbers, a tensor in the Euclidean norm. */
    readonly official: number;
  };
  /** Largest difference between two runs of the same; 0 means bit for bit. */
  readonly repeat: number;
  /** Steps before time is taken, and how many times four steps of which it is taken. */
  readonly timing: { readonly warmUp: number; readonly cycles: number };
}

const float32 = { single: 1e-4, penalty: 1e-4, losses: 1e-3, weights: 5e-3, official: 1e-4 };

/** Backends that compile their kernels do so in the first four steps. */
const compiled = { warmUp: 4, cycles: 3 };

export const variants: Readonly<Record<VariantName, Variant>> = {
  cpu: {
    backend: 'cpu',
    threads: 1,
    places: ['Node'],
    optional: false,
    tolerance: float32,
    repeat: 0,
    timing: { warmUp: 1, cycles: 1 },
  },
  wasm: {
    backend: 'wasm',
    threads: 1,
    places: ['Node', 'Chromium'],
    optional: false,
    tolerance: float32,
    repeat: 0,
    timing: compiled,
  },
  'wasm-threads': {
    backend: 'wasm',
    threads: 2,
    places: ['Node', 'Chromium'],
    optional: false,
    tolerance: float32,
    repeat: 0,
    timing: compiled,
  },
  tensorflow: {
    backend: 'tensorflow',
    threads: 1,
    places: ['Node'],
    optional: true,
    tolerance: float32,
    repeat: 0,
    timing: compiled,
  },
  webgpu: {
    backend: 'webgpu',
    threads: 1,
    places: ['Node', 'Chromium'],
    optional: true,
    tolerance: float32,
    repeat: 0,
    timing: compiled,
  },
  webgl: {
    backend: 'webgl',
    threads: 1,
    places: ['Chromium'],
    optional: true,
    tolerance: float32,
    repeat: 0,
    timing: compiled,
  },
};

/** In the order of the table. */
export const variantNames: readonly VariantName[] = [
  'cpu',
  'wasm',
  'wasm-threads',
  'tensorflow',
  'webgpu',
  'webgl',
];
