import type { RegisteredKernel } from './register-kernels';

/** The backends that `useBackend` knows by name. */
export type BackendName = 'cpu' | 'wasm' | 'webgl' | 'webgpu' | 'tensorflow';

/** What one backend needs of `useBackend`; a new backend is a new module in its table. */
export interface BackendModule {
  readonly name: BackendName;
  /** What to install: the optional peer dependencies that bring it here. */
  readonly packageName: string;
  /** Imports the package; rejects when it is not installed. Gets the options that a library reads as it loads. */
  load(options?: BackendModuleOptions): Promise<LoadedBackend>;
}

export interface BackendModuleOptions {
  readonly wasmPaths?: WasmPaths | undefined;
  readonly simd?: boolean | undefined;
  readonly threads?: number | undefined;
}

/** A folder, or an address for each of tfjs's three files. */
export type WasmPaths =
  | string
  | {
      readonly 'tfjs-backend-wasm.wasm': string;
      readonly 'tfjs-backend-wasm-simd.wasm': string;
      readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
    };

export interface LoadedBackend {
  /** The version of the package. */
  readonly version: string;
  /** Applies the options that must be set before the backend starts. */
  configure(options: BackendModuleOptions): void | Promise<void>;
  /** Registers the kernels that stock tfjs lacks or does badly. */
  fillGaps(): readonly RegisteredKernel[];
  /** What is really running; asked once the backend has started. */
  describe(): BackendDescription | Promise<BackendDescription>;
  /** Calls `lost` once with the reason when the device is lost; absent where none can be. */
  watch?(lost: (reason: string) => void): void;
}

/** What a started backend says of itself. */
export interface BackendDescription {
  /** How many threads of the CPU compute; 1 where a GPU does. */
  readonly threads: number;
  /** Whether this package's SIMD kernels do the work. */
  readonly simd: boolean;
  /** What computes, e.g. `CPU` or the name that the GPU's driver gives. */
  readonly device: string;
  /** Whether a program plays the GPU: right, and slow. */
  readonly software: boolean;
}
