import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillNormal, fillTruncatedNormal, fillUniform, restoreStream, seededStream, shuffled } from './index';

const draws = (n: number, draw: () => number) => Array.from({ length: n }, draw);
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
const deviation = (values: ArrayLike<number>) => {
  const centre = mean(values);
  return Math.sqrt(mean(Array.from(values, (x) => (x - centre) ** 2)));
};

describe('seededStream', () => {
  it('draws the same numbers for the same seed and name, on any machine', () => {
    const stream = seededStream(1, 'a');
    expect([stream.uniform(), stream.integer(1000)]).toEqual([0.929825586986866, 770]);
  });

  it('draws other numbers for another name, and for another seed', () => {
    const first = draws(8, seededStream(1, 'latents').uniform);
    expect(draws(8, seededStream(1, 'data').uniform)).not.toEqual(first);
    expect(draws(8, seededStream(2, 'latents').uniform)).not.toEqual(first);
  });

  it('is not correlated between names and neighbouring seeds', () => {
    const n = 20_000;
    const a = draws(n, seededStream(7, 'a').normal);
    for (const other of [seededStream(7, 'b'), seededStream(8, 'a')]) {
      const b = draws(n, other.normal);
      // The correlation of independent samples has a deviation of 1 / sqrt(n) = 0.007.
      expect(Math.abs(mean(a.map((x, i) => x * (b[i] ?? 0))))).toBeLessThan(0.035);
    }
  });

  it('has the moments of its distributions', () => {
    const stream = seededStream(3, 'moments');
    const uniform = draws(50_000, stream.uniform);
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    expect(deviation(uniform)).toBeCloseTo(Math.sqrt(1 / 12), 2);
    const normal = draws(50_000, stream.normal);
    expect(Math.abs(mean(normal))).toBeLessThan(0.02);
    expect(Math.abs(deviation(normal) - 1)).toBeLessThan(0.02);
    expect(mean(normal.map((x) => x ** 4))).toBeGreaterThan(2.8);
    expect(mean(normal.map((x) => x ** 4))).toBeLessThan(3.2);
  });

  it('draws every integer below the bound equally often', () => {
    const stream = seededStream(5, 'integers');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) {
      const drawn = stream.integer(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // Chi-squared with 6 degrees of freedom stays below 22.5 in 99.9 % of cases.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
  });

  it('goes on from its state exactly, wherever it was taken', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(50), (seed, skip) => {
        const stream = seededStream(seed, 'x');
        draws(skip, stream.normal);
        const resumed = restoreStream(JSON.parse(JSON.stringify(stream.state())));
        expect(draws(5, resumed.normal)).toEqual(draws(5, stream.normal));
      }),
    );
  });

  it('refuses seeds and states that are none', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => seededStream(seed, 'x')).toThrow('seed: must be');
    expect(() => restoreStream([0, 0, 0, 0])).toThrow('not all zero');
    expect(() => restoreStream(JSON.parse('"1234"'))).toThrow(
      'four 32-bit integers, not all zero, got "1234"',
    );
    expect(() => restoreStream([1, 2, 3])).toThrow('four 32-bit integers');
    expect(() => restoreStream([1, 2, 3, 2 ** 40])).toThrow('four 32-bit integers');
  });
});

describe('the fills', () => {
  it('scale and shift, and fill odd lengths to the end', () => {
    const normal = fillNormal(seededStream(1, 'n'), new Float32Array(30_001), { mean: 3, stddev: 2 });
    expect(mean(normal)).toBeCloseTo(3, 1);
    expect(deviation(normal)).toBeCloseTo(2, 1);
    expect(normal[30_000]).not.toBe(0);
    const uniform = fillUniform(seededStream(1, 'u'), new Float32Array(30_000), { min: -1, max: 1 });
    expect(Math.abs(mean(uniform))).toBeLessThan(0.02);
    expect(Math.max(...uniform)).toBeLessThan(1.0000001);
  });

  it('draw again beyond the threshold rather than clip', () => {
    const values = fillTruncatedNormal(seededStream(1, 't'), new Float32Array(30_000), { threshold: 1 });
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(values.filter((x) => Math.abs(x) > 0.9999).length).toBeLessThan(20);
    // A standard normal cut off at one has the variance 1 - 2 phi(1) / (2 Phi(1) - 1) = 0.2911.
    expect(deviation(values) ** 2).toBeCloseTo(0.2911, 2);
  });

  it('refuse a threshold that would draw for ever', () => {
    expect(() => fillTruncatedNormal(seededStream(1, 't'), new Float32Array(1), { threshold: 0 })).toThrow(
      'fillTruncatedNormal: threshold: must be a finite number above 0.01, got 0',
    );
  });
});

describe('shuffled', () => {
  it('is a permutation for every length', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (length, seed) => {
        const order = shuffled(seededStream(seed, 's'), length);
        expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
    );
  });

  it('puts every element first equally often', () => {
    const stream = seededStream(2, 's');
    const counts = new Array<number>(5).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const first = shuffled(stream, 5)[0] ?? 0;
      counts[first] = (counts[first] ?? 0) + 1;
    }
    // Chi-squared with 4 degrees of freedom stays below 18.5 in 99.9 % of cases.
    expect(counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(18.5);
  });
});
