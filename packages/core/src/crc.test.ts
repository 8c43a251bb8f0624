import { expect, test } from 'vitest';
import { crc32, crc32c, maskedCrc32c } from './crc';

const digits = new TextEncoder().encode('123456789');

test('crc32 has the check value of its catalogue, also in parts', () => {
  expect(crc32(digits)).toBe(0xcbf43926);
  expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).toBe(0xcbf43926);
});

test('crc32c has the check value of its catalogue and those of RFC 3720, B.4', () => {
  const counting = Uint8Array.from({ length: 32 }, (_, i) => i);
  expect(crc32c(digits)).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
  expect(crc32c(counting)).toBe(0x46dd794e);
  expect(crc32c(counting.map((i) => 31 - i))).toBe(0x113fdb5c);
});

test('maskedCrc32c turns back to the checksum that it masks', () => {
  for (const bytes of [digits, new Uint8Array(32), new Uint8Array(32).fill(255)]) {
    const turned = (maskedCrc32c(bytes) - 0xa282ead8) >>> 0;
    expect(((turned >>> 17) | (turned << 15)) >>> 0).toBe(crc32c(bytes));
  }
});
