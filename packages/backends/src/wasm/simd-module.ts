import * as tf from '@tensorflow/tfjs-core';
import { type HelperThread, startHelperThread } from './helper-thread';
import type { WasmBackend } from './kernel';
import { sharedSimdCode } from './shared-simd-code';
import { simdCode } from './simd-code';
import type { SimdKernels } from './simd-kernels';

/** The kernels on one backend's memory. */
export interface Simd {
  readonly kernels: SimdKernels;
  readonly memory: WebAssembly.Memory;
  /** Threads beside the calling one. */
  readonly helpers: readonly HelperThread[];
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

/** Lets `count` more threads work on the shared memory of `backend`; without its SIMD kernels there is nothing to do. */
export async function addHelpers(backend: WasmBackend, count: number): Promise<void> {
  const simd =
    instances.get(backend.wasm) ?? instantiate(backend.wasm.asm?.memory ?? backend.wasm.wasmMemory);
  const module = modules.get(sharedSimdCode);
  if (!simd || !module) return;
  const helpers = await Promise.all(
    Array.from({ length: count }, () => startHelperThread(module, simd.memory)),
  );
  instances.set(backend.wasm, { ...simd, helpers });
}

/** Whether the kernels can work in several threads: turned on, and compiled for a shared memory. */
export function sharesSimd(): boolean {
  return enabled && modules.get(sharedSimdCode) instanceof WebAssembly.Module;
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
    return { kernels: exports as unknown as SimdKernels, memory, helpers: [] };
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return null;
    throw error;
  }
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
