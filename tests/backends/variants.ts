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
  /** Whether a step is timed for the table. */
  readonly timed: boolean;
}

const float32 = { single: 1e-4, penalty: 1e-4, losses: 1e-3, weights: 5e-3, official: 1e-4 };

export const variants: Readonly<Record<VariantName, Variant>> = {
  cpu: {
    backend: 'cpu',
    threads: 1,
    places: ['Node'],
    optional: false,
    tolerance: float32,
    repeat: 0,
    // A step takes minutes.
    timed: false,
  },
  wasm: {
    backend: 'wasm',
    threads: 1,
    places: ['Node', 'Chromium'],
    optional: false,
    tolerance: float32,
    repeat: 0,
    timed: true,
  },
  'wasm-threads': {
    backend: 'wasm',
    threads: 2,
    places: ['Node', 'Chromium'],
    optional: false,
    tolerance: float32,
    repeat: 0,
    timed: true,
  },
  tensorflow: {
    backend: 'tensorflow',
    threads: 1,
    places: ['Node'],
    optional: true,
    tolerance: float32,
    repeat: 0,
    timed: true,
  },
  webgpu: {
    backend: 'webgpu',
    threads: 1,
    places: ['Node', 'Chromium'],
    optional: true,
    tolerance: float32,
    repeat: 0,
    timed: true,
  },
  webgl: {
    backend: 'webgl',
    threads: 1,
    places: ['Chromium'],
    optional: true,
    tolerance: float32,
    repeat: 0,
    timed: true,
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
