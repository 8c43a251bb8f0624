import { describe, expect, it } from 'vitest';
import { describeValue } from './index';

describe('describeValue', () => {
  it('quotes texts, so that an empty one is seen', () => {
    expect(describeValue('')).toBe('""');
  });

  it('shows the numbers that JSON would hide', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, -0].map(describeValue)).toEqual(['NaN', 'Infinity', '-0']);
  });

  it('cuts long arrays and says how many there are', () => {
    expect(describeValue(Array.from({ length: 100 }, (_, i) => i))).toBe(
      '[0, 1, 2, 3, 4, 5, 6, 7, … 100 in all]',
    );
  });

  it('never exceeds 80 characters', () => {
    expect(describeValue('x'.repeat(1000))).toHaveLength(80);
  });

  it('survives what cannot be JSON', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(describeValue(loop)).toBe('an object that refers to itself');
    expect(describeValue(3n)).toBe('3n');
    expect(describeValue(undefined)).toBe('undefined');
    expect(describeValue(new Uint8Array(5))).toBe('Uint8Array of 5 bytes');
    expect(describeValue(new Map())).toBe('an object of class Map');
    expect(describeValue(Object.create(null))).toBe('{}');
  });
});
