import { joinBytes, maskedCrc32c } from '@eigengan/core';

/** A record of a TFRecord file: its length, the length's checksum, the record, its checksum. */
export function tfRecord(record: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(record.length), true);
  return joinBytes([length, checksum(length), record, checksum(record)]);
}

function checksum(bytes: Uint8Array): Uint8Array {
  const checksumBytes = new Uint8Array(4);
  new DataView(checksumBytes.buffer).setUint32(0, maskedCrc32c(bytes), true);
  return checksumBytes;
}
