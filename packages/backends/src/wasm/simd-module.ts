import * as tf from '@tensorflow/tfjs-core';
import type { WasmBackend } from './kernel';
import { sharedSimdCode } from './shared-simd-code';
import { simdCode } from './simd-code';

/** The functions of `assembly/`; addresses, steps and sizes are numbers, as documented there. */
export interface SimdKernels {
  convolve(
    input: number,
    packed: number,
    output: number,
    table: number,
    pixels: number,
    rows: number,
    rowLength: number,
    rowStride: number,
    columns: number,
    start: number,
  ): void;
  filterGradient(
    x: number,
    xStep: number,
    xRow: number,
    xImage: number,
    tapRows: number,
    tapColumns: number,
    tapRow: number,
    tapColumn: number,
    xBlocks: number,
    xBlock: number,
    dy: number,
    dyBlocks: number,
    dyBlock: number,
    images: number,
    height: number,
    width: number,
    output: number,
    outputRow: number,
  ): void;
  filterGradientOfFew(
    x: number,
    xStep: number,
    xRow: number,
    xImage: number,
    tapRows: number,
    tapRow: number,
    xBlocks: number,
    dy: number,
    images: number,
    height: number,
    width: number,
    output: number,
    outputRow: number,
  ): void;
  padImages(
    source: number,
    target: number,
    images: number,
    height: number,
    rowBytes: number,
    sourceRow: number,
    sourceImage: number,
    targetRow: number,
    targetImage: number,
  ): void;
  packPanels(
    source: number,
    target: number,
    depth: number,
    columns: number,
    depthStep: number,
    columnStep: number,
    total: number,
    first: number,
  ): void;
  packBlocks(
    source: number,
    target: number,
    height: number,
    width: number,
    channels: number,
    block: number,
    sourceRow: number,
    targetRow: number,
    targetBlock: number,
  ): void;
  addScaled(
    source: number,
    sourceStep: number,
    sourceRow: number,
    weights: number,
    target: number,
    targetStep: number,
    targetRow: number,
    rows: number,
    columns: number,
    channels: number,
  ): void;
  addProducts(
    a: number,
    aStep: number,
    aRow: number,
    b: number,
    bStep: number,
    bRow: number,
    output: number,
    rows: number,
    columns: number,
    channels: number,
  ): void;
  leakyRelu(x: number, output: number, count: number, alpha: number): void;
  addRow(x: number, bias: number, output: number, rows: number, columns: number): void;
  sumRows(x: number, output: number, rows: number, columns: number): void;
}

/** The kernels on one backend's memory. */
export interface Simd {
  readonly kernels: SimdKernels;
  readonly memory: WebAssembly.Memory;
}

let enabled = true;
const modules = new Map<string, WebAssembly.Module | null>();
const instances = new WeakMap<object, Simd | null>();

/** Turns the SIMD kernels on or off for every backend; off, the composed ones do the work. */
export function enableSimd(on: boolean): void {
  enabled = on;
}

/** Compiles the modules ahead of the first kernel, as browsers want it: off the main thread. */
export async function prepareSimd(): Promise<void> {
  for (const base64 of [simdCode, sharedSimdCode]) {
    if (modules.has(base64)) continue;
    modules.set(base64, await WebAssembly.compile(bytes(base64)).catch(() => null));
  }
}

/**
 * The SIMD kernels on the memory of `backend`, or undefined where there are none: turned off, or an engine
 * without SIMD.
 */
export function simdOf(backend: WasmBackend): Simd | undefined {
  if (!enabled) return undefined;
  let instance = instances.get(backend.wasm);
  if (instance === undefined) {
    instance = instantiate(backend.wasm.asm?.memory ?? backend.wasm.wasmMemory);
    instances.set(backend.wasm, instance);
  }
  return instance ?? undefined;
}

/** Whether the running backend `wasm` has them. */
export function usesSimd(): boolean {
  return simdOf(tf.engine().findBackend('wasm') as unknown as WasmBackend) !== undefined;
}

function instantiate(memory: WebAssembly.Memory | undefined): Simd | null {
  if (memory === undefined) return null;
  const base64 = memory.buffer instanceof ArrayBuffer ? simdCode : sharedSimdCode;
  try {
    const compiled = modules.get(base64) ?? new WebAssembly.Module(bytes(base64));
    modules.set(base64, compiled);
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    return { kernels: exports as unknown as SimdKernels, memory };
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return null;
    throw error;
  }
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
