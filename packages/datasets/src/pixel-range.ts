/**
 * Bytes 0 .. 255 as the floats that models take and give: x / 127.5 - 1, so 0 is -1 and 255 is 1. The one
 * place where the library turns one into the other.
 *
 * @param out where to write, from `offset` on; a new array by default
 * @returns `out`
 */
export function bytesToFloats(
  bytes: Uint8Array,
  out: Float32Array = new Float32Array(bytes.length),
  offset = 0,
): Float32Array {
  for (let i = 0; i < bytes.length; i++) out[offset + i] = bytes[i]! / 127.5 - 1;
  return out;
}

/** The nearest bytes of floats in [-1, 1]; what lies beyond is cut off, NaN becomes 0. */
export function floatsToBytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Math.min(255, Math.max(0, Math.round((values[i]! + 1) * 127.5)));
  }
  return bytes;
}
