/** The remainders of every byte by the polynomial of zip, gzip and PNG. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

/** The CRC-32 of bytes, as zip has it; `before` is that of the bytes that come before them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  // Not for...of, which is several times slower on a typed array.
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return ~crc >>> 0;
}
