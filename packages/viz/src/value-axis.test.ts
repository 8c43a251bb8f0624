import { expect, test } from 'vitest';
import { axisAlong, axisAround, axisBetween, type ValueAxis } from './value-axis';

const texts = ({ ticks }: ValueAxis) => ticks.map(({ text }) => text);
const values = ({ ticks }: ValueAxis) => ticks.map(({ value }) => value);

test('an axis around values goes on to round numbers, from its beginning to its end', () => {
  const axis = axisAround([0.3, 4.2], 'linear');
  expect(texts(axis)).toEqual(['0', '1', '2', '3', '4', '5']);
  expect([0, 2.5, 5, 10].map(axis.part)).toEqual([0, 0.5, 1, 2]);
  const log = axisAround([0.3, 40], 'log');
  expect(texts(log)).toEqual(['0.1', '1', '10', '100']);
  expect([0.1, 1, 100].map((value) => log.part(value).toFixed(6))).toEqual([
    '0.000000',
    '0.333333',
    '1.000000',
  ]);
});

test('the lowest and the highest part of the values may lie beyond', () => {
  const calm = Array.from({ length: 998 }, (_, i) => i / 997);
  expect(values(axisAround([1e6, ...calm, -1e6], 'linear', 0.005)).at(-1)).toBe(1);
  expect(values(axisAround([1e6, ...calm, -1e6], 'linear')).at(-1)).toBe(1e6);
  const [few, more] = [10, 30].map((count) => [1e-12, ...Array.from({ length: count }, () => 1e-3)]);
  expect(texts(axisAround(few ?? [], 'log', 0.005))[0]).toBe('1e−12');
  expect(axisAround(more ?? [], 'log', 0.005).part(1e-3)).toBeCloseTo(0.5, 1);
});

test('a value alone stands within the axis, not at its end', () => {
  for (const value of [7, -0.2, 1e-9])
    expect(axisAround([value], 'linear').part(value)).toBeCloseTo(0.5, 0.5);
  for (const value of [1, 0.03, 1e-9]) {
    const part = axisAround([value], 'log').part(value);
    expect(part).toBeGreaterThan(0.2);
    expect(part).toBeLessThan(0.8);
  }
  for (const scale of ['linear', 'log'] as const) {
    // An average of equal numbers differs in its last bit.
    const axis = axisAround([0.001, 0.001 * (1 + 2 ** -52)], scale);
    expect(Math.abs(axis.part(0.001) - 0.5)).toBeLessThan(0.3);
    expect(new Set(texts(axis)).size).toBe(axis.ticks.length);
  }
  expect(axisAlong([7, 7], true).part(7)).toBe(0.5);
  expect(texts(axisAlong([7, 7], true))).toEqual(['7']);
});

test('steps have whole marks, other places any', () => {
  expect(texts(axisAlong([1, 3], true))).toEqual(['1', '2', '3']);
  expect(texts(axisAlong([1, 3], false))).toEqual(['1.0', '1.5', '2.0', '2.5', '3.0']);
  expect(texts(axisAlong([0, 100_000], true))).toEqual(['0', '20000', '40000', '60000', '80000', '100000']);
  expect(values(axisAlong([0, 100_000], true, 2))).toEqual([0, 50_000, 100_000]);
});

test('marks are written exactly, all in one manner, however near or far they are', () => {
  const cases: [number, number, string[]][] = [
    [0.01, 0.012, ['0.0100', '0.0105', '0.0110', '0.0115', '0.0120']],
    [1.2e6, 1.4e6, ['1.20e6', '1.25e6', '1.30e6', '1.35e6', '1.40e6']],
    [0, 2e-9, ['0', '5.0e−10', '1.0e−9', '1.5e−9', '2.0e−9']],
    [-3e5, 3e5, ['−2e5', '0', '2e5']],
  ];
  for (const [min, max, expected] of cases) {
    const axis = axisBetween(min, max, 'linear');
    expect(texts(axis)).toEqual(expected);
    const read = texts(axis).map((text) => Number(text.replaceAll('−', '-')));
    expect(read).toEqual(values(axis));
  }
});
