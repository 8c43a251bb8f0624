import type { BackendName } from '@eigengan/backends';

/** A backend to pick. */
export interface Choice {
  readonly backend: BackendName | 'auto';
  readonly text: string;
  /** Why it cannot be had in this browser; undefined when it can. */
  readonly unavailable: string | undefined;
}

/** The backends of a browser, and why some cannot be had in this one. */
export async function backendsHere(): Promise<Choice[]> {
  return [
    { backend: 'auto', text: 'the fastest that can train here', unavailable: undefined },
    { backend: 'wasm', text: 'WebAssembly, on the CPU', unavailable: withoutWasm() },
    { backend: 'webgpu', text: 'WebGPU, on the graphics card', unavailable: await withoutWebgpu() },
    { backend: 'webgl', text: 'WebGL 2, on the graphics card', unavailable: withoutWebgl() },
    { backend: 'cpu', text: 'plain JavaScript, very slow: for comparisons', unavailable: undefined },
  ];
}

/** As many as tfjs starts. */
const mostThreads = 8;

/** How many threads wasm may have here, and why no more. */
export function threadsHere(): { readonly most: number; readonly note: string } {
  if (!crossOriginIsolated) {
    return { most: 1, note: 'One thread: the server does not isolate this page from other origins.' };
  }
  const cores = navigator.hardwareConcurrency;
  return { most: Math.min(mostThreads, cores), note: `Threads are for wasm; this machine has ${cores}.` };
}

function withoutWasm(): string | undefined {
  return typeof WebAssembly === 'undefined' ? 'this browser has no WebAssembly' : undefined;
}

async function withoutWebgpu(): Promise<string | undefined> {
  if (!isSecureContext) return 'needs https or localhost';
  if (navigator.gpu === undefined) return 'this browser has no WebGPU';
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  return adapter === null ? 'this browser offers no graphics card to it' : undefined;
}

function withoutWebgl(): string | undefined {
  if (typeof OffscreenCanvas === 'undefined') return 'this browser has no canvas outside of the page';
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (context === null) return 'this browser has no WebGL 2';
  return context.getExtension('EXT_color_buffer_float') === null
    ? 'the graphics card lacks float32'
    : undefined;
}
