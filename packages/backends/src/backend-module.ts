import type { RegisteredKernel } from './register-kernels';

/** What one backend needs of `useBackend`; a new backend is a new module in its table. */
export interface BackendModule {
  readonly name: string;
  /** The optional peer dependency that brings it. */
  readonly packageName: string;
  /** Imports the package; rejects when it is not installed. */
  load(): Promise<LoadedBackend>;
}

export interface BackendModuleOptions {
  readonly wasmPaths?: WasmPaths | undefined;
  readonly simd?: boolean | undefined;
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
  configure(options: BackendModuleOptions): void;
  /** Registers the kernels that stock tfjs lacks or does badly. */
  fillGaps(): readonly RegisteredKernel[];
  /** How many threads compute; known once the backend has started. */
  threads(): number;
  /** Whether this package's SIMD kernels do the work; known once the backend has started. */
  simd(): boolean;
}
