import { expect, test } from 'vitest';
import { decimalsFor, formatNumber } from './format-number';
import { niceTicks } from './nice-ticks';

test('ticks are 1, 2 or 5 times a power of ten apart and enclose the data', () => {
  expect(niceTicks(0, 4.2, 5)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(niceTicks(-0.13, 0.31, 5)).toEqual([-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]);
  expect(niceTicks(0, 17_300, 5)).toEqual([0, 5000, 10_000, 15_000, 20_000]);
  expect(niceTicks(0, 0.0021, 4)).toEqual([0, 0.001, 0.002, 0.003]);
});

test('ticks of a single value still span something', () => {
  expect(niceTicks(0, 0, 5).length).toBeGreaterThan(1);
  expect(niceTicks(3, 3, 5).length).toBeGreaterThan(1);
});

test('a negative number has a real minus sign, and zero has none', () => {
  expect(formatNumber(-1.5, 2)).toBe('−1.50');
  expect(formatNumber(-0.001, 2)).toBe('0.00');
  expect([Number.NaN, Infinity, -Infinity].map((value) => formatNumber(value, 1))).toEqual([
    'NaN',
    'inf',
    '−inf',
  ]);
});

test('as few decimals are used as write every value exactly', () => {
  expect(decimalsFor([1, -2, 3])).toBe(0);
  expect(decimalsFor([0.5, 1, 2.25])).toBe(2);
  expect(decimalsFor([1 / 3], 2)).toBe(2);
});

test('no two values that differ read alike', () => {
  expect(decimalsFor([-0.001, 0, 0.001], 2)).toBe(3);
  expect(decimalsFor([1 / 3, 1 / 3 + 1e-5], 2)).toBe(5);
  expect(decimalsFor([5, 5], 2)).toBe(0);
});
