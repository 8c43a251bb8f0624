/** A number of 32 bits, a checksum or a signature, as errors show it: `0x04034b50`. */
export function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
