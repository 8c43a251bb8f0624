import { EigenganError } from '@eigengan/core';
import type { WasmBackend } from './kernel';

/**
 * Lends areas of the backend's memory to `use`, one after the other in `sizes`, in bytes; their content is
 * arbitrary. Each is followed by some bytes that may be read in vain.
 */
export function withScratch(
  backend: WasmBackend,
  sizes: readonly number[],
  use: (...addresses: number[]) => void,
): void {
  const slack = 64;
  const total = sizes.reduce((sum, size) => sum + align(size) + slack, 0);
  // malloc returns a signed number above 2 GB.
  const start = backend.wasm._malloc(total) >>> 0;
  if (start === 0) {
    throw new EigenganError(`wasm: a kernel needs ${total} bytes of scratch, got no memory`);
  }
  try {
    let next = start;
    use(
      ...sizes.map((size) => {
        const address = next;
        next += align(size) + slack;
        return address;
      }),
    );
  } finally {
    backend.wasm._free(start);
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
