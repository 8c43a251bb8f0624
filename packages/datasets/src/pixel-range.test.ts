import { expect, it } from 'vitest';
import { bytesToFloats, floatsToBytes } from './pixel-range';

it('maps 0, 127.5 and 255 to -1, 0 and 1, and back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const floats = bytesToFloats(bytes);
  expect([floats[0], floats[255]]).toEqual([-1, 1]);
  expect(floats[127]! + floats[128]!).toBeCloseTo(0, 7);
  expect(floatsToBytes(floats)).toEqual(bytes);
});

it('writes at an offset', () => {
  expect(bytesToFloats(Uint8Array.of(255), new Float32Array(3), 1)).toEqual(Float32Array.of(0, 1, 0));
});

it('cuts off what is beyond the range', () => {
  expect(floatsToBytes([-3, 7, Number.NaN, Infinity, 0])).toEqual(Uint8Array.of(0, 255, 0, 255, 128));
});
