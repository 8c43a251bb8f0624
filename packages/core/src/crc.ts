/** A cyclic redundancy check of 32 bits; `before` is that of the bytes that come before these. */
export type Crc = (bytes: Uint8Array, before?: number) => number;

/** The CRC-32 of bytes, as zip, gzip and PNG have it. */
export const crc32 = crcBy(0xedb88320);

/** The CRC-32C (Castagnoli) of bytes, as TFRecord files have it. */
export const crc32c = crcBy(0x82f63b78);

/**
 * The checksum in TFRecord files: CRC-32C, turned by 15 bits, plus a constant, modulo 2^32. A checksum of what
 * holds checksums would otherwise be a weak one (https://www.tensorflow.org/tutorials/load_data/tfrecord).
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** @param polynomial its bits reversed */
function crcBy(polynomial: number): Crc {
  /** The remainders of every byte. */
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0);
    return remainder;
  });
  return (bytes, before = 0) => {
    let crc = ~before;
    // Not for...of, which is several times slower on a typed array.
    for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
    return ~crc >>> 0;
  };
}
