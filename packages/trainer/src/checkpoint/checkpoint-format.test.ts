import { crc32, encodeSafetensors } from '@eigengan/core';
import { expect, test } from 'vitest';
import { flipBit } from '../testing/flip-bit';
import { decodeWhole, encodeCheckpoint } from './checkpoint-format';

const text = (value: string) => new TextEncoder().encode(value);

const bytes = encodeCheckpoint(
  {
    'generator/stem/kernel': { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    'generator/stem/steps': { dtype: 'int32', shape: [], data: Int32Array.of(7) },
  },
  {
    step: 12,
    images: 48,
    random: { latents: [1, 2, 3, 4] },
    configuration: { loss: 'hinge' },
    optimizers: { generator: {}, discriminator: {} },
    ema: { updates: 12, images: 384, pending: 0 },
  },
);

test('the checksum is the CRC-32 of zip, also when its bytes come in parts', () => {
  // The check value of the catalogue of CRCs (https://reveng.sourceforge.io/crc-catalogue).
  expect(crc32(text('123456789'))).toBe(0xcbf43926);
  expect(crc32(text('6789'), crc32(text('12345')))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});

test('no bit of it can flip, and no byte be missing, without being found or meaning nothing', () => {
  const whole = JSON.stringify(decodeWhole(bytes).tensors);
  const found = { refused: 0, meaningless: 0 };
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    try {
      const { tensors, metadata } = decodeWhole(flipBit(bytes, bit));
      // The name of the checksum itself, without which nothing is compared.
      expect([JSON.stringify(tensors), 'eigengan-checksum' in metadata]).toEqual([whole, false]);
      found.meaningless++;
    } catch (error) {
      if (!(error instanceof Error && error.name === 'FormatError')) throw error;
      found.refused++;
    }
  }
  expect(found.refused + found.meaningless).toBe(8 * bytes.length);
  expect(found.refused).toBeGreaterThan(0.9 * 8 * bytes.length);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeWhole(bytes.subarray(0, length))).toThrow('checkpoint: must be a');
  }
});

test('another order in the file is the same content, and a file without a checksum is taken as it is', () => {
  const { tensors, metadata } = decodeWhole(bytes);
  const reversed = Object.fromEntries(Object.entries(tensors).reverse());
  expect(decodeWhole(encodeSafetensors(reversed, metadata)).tensors).toEqual(tensors);
  expect(decodeWhole(encodeSafetensors(tensors)).metadata).toEqual({});
});
