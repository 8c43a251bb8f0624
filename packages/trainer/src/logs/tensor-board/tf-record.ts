import { crc32c } from '@eigengan/core';
import { joined } from './protobuf';

/** A record of a TFRecord file: its length, the length's checksum, the record, its checksum. */
export function tfRecord(record: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(record.length), true);
  return joined([length, maskedCrc(length), record, maskedCrc(record)]);
}

/** Masked, as TensorFlow has it: a checksum of what holds checksums would otherwise be a weak one. */
function maskedCrc(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  const masked = new Uint8Array(4);
  new DataView(masked.buffer).setUint32(0, ((crc >>> 15) | (crc << 17)) + 0xa282ead8, true);
  return masked;
}
