import { describe, expect, it } from 'vitest';
import { portraits } from '../portraits/portraits';
import { rooms } from '../rooms/rooms';
import { sprites } from '../sprites/sprites';
import type { FactorSource } from './factor-source';

const size = 32;

/** The same checks for any source; its factors by name. */
function expectKnownFactors<Factors extends object>(source: FactorSource<Factors>): void {
  const factors = source.factors(5);
  const names = Object.keys(factors);
  expect(Object.keys(source.factorRanges)).toEqual(names);
  expect(Object.keys(source.factorValues)).toEqual(names);
  expect(source.draw(factors)).toEqual(source.read(5));

  const values = Object.entries<readonly number[]>(source.factorValues);
  for (const [name, [min, max]] of Object.entries<readonly [number, number]>(source.factorRanges)) {
    const own = values.find(([other]) => other === name)?.[1] ?? [];
    expect(own.length, name).toBeGreaterThan(1);
    expect(
      [...own].sort((a, b) => a - b),
      name,
    ).toEqual(own);
    expect(Math.min(...own), name).toBeGreaterThanOrEqual(min);
    expect(Math.max(...own), name).toBeLessThanOrEqual(max);
    // Each value shows, but for an orientation of a full turn.
    const pictures = own.map((value) => source.draw({ ...factors, [name]: value }).join());
    const alike = name === 'orientation' && max > 6 && max < 7 ? 1 : 0;
    expect(new Set(pictures).size, name).toBe(own.length - alike);
  }
}

describe('a source with known factors', () => {
  it('draws what it reads, and shows each value of each factor', () => {
    // Whose picture 5 hides none of its factors: open eyes, a heart, a cube.
    expectKnownFactors(withFactors(portraits({ size: 64 }), { eyeOpening: 1, glasses: 1 }));
    expectKnownFactors(withFactors(sprites({ size }), { shape: 2 }));
    expectKnownFactors(withFactors(rooms({ size }), { shape: 0 }));
  });

  it('refuses factors that are none', () => {
    const source = rooms({ size });
    expect(() => source.draw(JSON.parse('null'))).toThrow('factors must be an object of floorHue, wallHue');
    expect(() => source.draw(JSON.parse('{}'))).toThrow('rooms: draw: factors.floorHue');
    expect(() => source.draw({ ...source.factors(0), ...{ age: 3 } })).toThrow('got "age"');
    expect(() => source.factors(20_000)).toThrow('rooms: index');
  });
});

/** The source, some factors of all its pictures replaced. */
function withFactors<Factors extends object>(
  source: FactorSource<Factors>,
  replaced: Partial<Factors>,
): FactorSource<Factors> {
  const factors = (index: number) => ({ ...source.factors(index), ...replaced });
  return { ...source, factors, read: (index) => source.draw(factors(index)) };
}
