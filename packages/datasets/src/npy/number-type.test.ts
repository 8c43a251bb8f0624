import { expect, it } from 'vitest';
import { numberTypes } from './number-type';

const view = new DataView(new ArrayBuffer(8));

it('reads float16 as IEEE 754 says: normal, subnormal, zeros, infinities, NaN', () => {
  // https://en.wikipedia.org/wiki/Half-precision_floating-point_format#Examples
  const examples: [bits: number, value: number][] = [
    [0x0000, 0],
    [0x0001, 2 ** -24],
    [0x03ff, 2 ** -14 * (1023 / 1024)],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3bff, 0.99951171875],
    [0x3c00, 1],
    [0x3c01, 1.0009765625],
    [0x7bff, 65504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0x8000, -0],
    [0xc000, -2],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ];
  for (const [bits, value] of examples) {
    view.setUint16(0, bits);
    expect(numberTypes.f2?.read(view, 0, false)).toBe(value);
  }
});

it('reads integers of 64 bits with their sign', () => {
  view.setBigInt64(0, -5n, true);
  expect(numberTypes.i8?.read(view, 0, true)).toBe(-5);
  expect(numberTypes.u8?.read(view, 0, true)).toBe(2 ** 64);
  view.setBigInt64(0, 2n ** 53n - 1n);
  expect(numberTypes.i8?.read(view, 0, false)).toBe(Number.MAX_SAFE_INTEGER);
});
