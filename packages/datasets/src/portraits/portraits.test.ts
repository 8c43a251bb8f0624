import { ArgumentError } from '@eigengan/core';
import { describe, expect, it } from 'vitest';
import { drawPortrait } from './draw-portrait';
import { type PortraitFactorName, type PortraitFactors, portraitFactorRanges } from './factors';
import { portraits } from './portraits';

const plain: PortraitFactors = {
  headTurn: 0,
  faceWidth: 0.5,
  smile: 0,
  eyeOpening: 1,
  glasses: 0,
  hairLength: 0,
  hairColor: 0,
  skinTone: 1,
  backgroundHue: 0.6,
  lightDirection: 0,
};
const names = Object.keys(portraitFactorRanges) as PortraitFactorName[];

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** The mean of each channel in a box given in parts of the picture. */
function mean(bytes: Uint8Array, size: number, [left, top, right, bottom]: Box): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = Math.round(top * size); y < Math.round(bottom * size); y++) {
    for (let x = Math.round(left * size); x < Math.round(right * size); x++) {
      count++;
      for (const channel of [0, 1, 2] as const) sums[channel] += bytes[(y * size + x) * 3 + channel]!;
    }
  }
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

const lightness = ([r, g, b]: readonly number[]) => (r! + g! + b!) / 3;

/** Hue of a color, 0 .. 1 from red through yellow, green and blue. */
function hueOf([r, g, b]: readonly [number, number, number]): number {
  const max = Math.max(r, g, b);
  const span = max - Math.min(r, g, b);
  const sixth = max === r ? (g - b) / span : max === g ? 2 + (b - r) / span : 4 + (r - g) / span;
  return (((sixth / 6) % 1) + 1) % 1;
}

/** How many pixels of a box pass. */
function countOf(bytes: Uint8Array, passes: (r: number, g: number, b: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    if (passes(bytes[i]!, bytes[i + 1]!, bytes[i + 2]!)) count++;
  }
  return count;
}

/** What is measured of the portrait as one factor goes through its range. */
function sweep(
  name: PortraitFactorName,
  measure: (bytes: Uint8Array) => number,
  size = 64,
  base = plain,
): number[] {
  const [min, max] = portraitFactorRanges[name];
  return Array.from({ length: 9 }, (_, i) =>
    measure(drawPortrait({ ...base, [name]: min + ((max - min) * i) / 8 }, size)),
  );
}

function expectRising(values: readonly number[]): void {
  for (let i = 1; i < values.length; i++)
    expect(values[i], values.join(', ')).toBeGreaterThan(values[i - 1]!);
}

const topLeft: Box = [0, 0, 0.12, 0.12];

describe('portraits', () => {
  it('gives [height, width, 3] bytes and the factors, in their ranges', () => {
    const source = portraits({ size: [24, 32], length: 50, seed: 7 });
    expect(source).toMatchObject({ length: 50, shape: [24, 32, 3] });
    for (let i = 0; i < source.length; i++) {
      const factors = source.factors(i);
      expect(Object.keys(factors)).toEqual(names);
      for (const name of names) {
        expect(factors[name]).toBeGreaterThanOrEqual(portraitFactorRanges[name][0]);
        expect(factors[name]).toBeLessThanOrEqual(portraitFactorRanges[name][1]);
      }
      expect(source.read(i)).toEqual(drawPortrait(factors, [24, 32]));
      expect(source.read(i)).toHaveLength(24 * 32 * 3);
    }
  });

  it('makes the factors depend on seed and index alone', () => {
    const small = portraits({ size: 16, length: 10, seed: 2 });
    const large = portraits({ size: 64, length: 1000, seed: 2 });
    const other = portraits({ size: 16, length: 10, seed: 3 });
    expect(large.factors(9)).toEqual(small.factors(9));
    expect(other.factors(9)).not.toEqual(small.factors(9));
    expect(small.factors(8)).not.toEqual(small.factors(9));
  });

  it('draws the factors uniformly, glasses with probability 0.35, each independent of the others', () => {
    const source = portraits({ size: 8, length: 4000 });
    const all = Array.from({ length: 4000 }, (_, i) => source.factors(i));
    const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const scaled = (name: PortraitFactorName) => {
      const [min, max] = portraitFactorRanges[name];
      return all.map((factors) => (factors[name] - min) / (max - min));
    };
    const centered = names.map((name) => {
      const center = name === 'glasses' ? 0.35 : 0.5;
      const values = scaled(name).map((value) => value - center);
      expect(Math.abs(average(values)), name).toBeLessThan(0.03);
      return values;
    });
    centered.forEach((values, i) => {
      centered.forEach((others, j) => {
        const variance = names[i] === 'glasses' ? 0.35 * 0.65 : 1 / 12;
        const expected = i === j ? variance : 0;
        const covariance = average(values.map((value, k) => value * others[k]!));
        expect(Math.abs(covariance - expected), `${names[i]} and ${names[j]}`).toBeLessThan(0.015);
      });
    });
    expect(new Set(scaled('glasses'))).toEqual(new Set([0, 1]));
  });

  it('refuses bad options and indices', () => {
    expect(() => portraits({ size: 7 })).toThrow(ArgumentError);
    expect(() => portraits({ size: [32, 0] })).toThrow('portraits: size');
    expect(() => portraits(JSON.parse('{}'))).toThrow(
      'portraits: size: must be a number of pixels or [height',
    );
    expect(() => portraits(JSON.parse('32'))).toThrow(
      'portraits: needs options with a size, e.g. { size: 32 }',
    );
    expect(() => portraits({ size: 32, length: 0 })).toThrow('portraits: length');
    expect(() => portraits({ size: 32, seed: 0.5 })).toThrow('portraits: seed');
    expect(() => portraits({ size: 32, length: 10 }).read(10)).toThrow('at most 9, got 10');
    expect(() => portraits({ size: 32 }).factors(-1)).toThrow('portraits: index');
  });
});

describe('drawPortrait', () => {
  it('changes the picture with every factor, at 32 pixels too', () => {
    for (const name of names) {
      const [min, max] = portraitFactorRanges[name];
      const circle = name === 'backgroundHue' ? max / 2 : max;
      const before = drawPortrait({ ...plain, [name]: min }, 32);
      const after = drawPortrait({ ...plain, [name]: circle }, 32);
      const changed = before.filter((value, i) => Math.abs(value - after[i]!) > 24).length / before.length;
      expect(changed, name).toBeGreaterThan(name === 'eyeOpening' || name === 'smile' ? 0.01 : 0.03);
    }
  });

  it('changes smoothly with every factor', () => {
    for (const name of names) {
      const [min, max] = portraitFactorRanges[name];
      for (let i = 0; i < 20; i++) {
        const at = (t: number) => drawPortrait({ ...plain, [name]: min + (max - min) * t }, 32);
        const before = at(i / 20);
        const after = at(i / 20 + 0.0005);
        const most = before.reduce((worst, value, j) => Math.max(worst, Math.abs(value - after[j]!)), 0);
        expect(most, `${name} at ${i / 20}`).toBeLessThan(16);
      }
    }
  });

  it('lets only the background hue decide the hue of the wall, once around', () => {
    for (const [i, hue] of sweep('backgroundHue', (bytes) => hueOf(mean(bytes, 64, topLeft))).entries()) {
      const distance = Math.abs(hue - i / 8);
      expect(Math.min(distance, 1 - distance), `hue ${i / 8}`).toBeLessThan(0.1);
    }
    for (const name of names.filter((other) => other !== 'backgroundHue')) {
      const hues = sweep(name, (bytes) => hueOf(mean(bytes, 64, topLeft)));
      expect(Math.max(...hues) - Math.min(...hues), name).toBeLessThan(0.02);
    }
  });

  it('joins the ends of the hue circle', () => {
    expect(drawPortrait({ ...plain, backgroundHue: 1 }, 32)).toEqual(
      drawPortrait({ ...plain, backgroundHue: 0 }, 32),
    );
  });

  it('moves the face to the side that it turns to', () => {
    // The center of the skin's pixels in the upper face, which the wall's blue and the black hair are not.
    const center = (bytes: Uint8Array) => {
      let sum = 0;
      let count = 0;
      for (let y = 26; y < 40; y++) {
        for (let x = 0; x < 64; x++) {
          const at = (y * 64 + x) * 3;
          if (bytes[at]! < bytes[at + 2]! + 20) continue;
          sum += x;
          count++;
        }
      }
      return sum / count;
    };
    const centers = sweep('headTurn', center, 64, { ...plain, hairLength: 0.6 });
    expectRising(centers);
    expect(centers[8]! - centers[0]!).toBeGreaterThan(8);
  });

  it('widens the face', () => {
    expectRising(sweep('faceWidth', (bytes) => countOf(bytes, (r, _, b) => r > 150 && r > b + 25)));
  });

  it('lengthens the hair', () => {
    expectRising(sweep('hairLength', (bytes) => countOf(bytes, (r, g, b) => r < 75 && g < 75 && b < 85)));
  });

  it('lightens hair and skin', () => {
    expectRising(sweep('hairColor', (bytes) => lightness(mean(bytes, 64, [0.42, 0.1, 0.58, 0.16]))));
    expectRising(sweep('skinTone', (bytes) => lightness(mean(bytes, 64, [0.42, 0.63, 0.58, 0.68]))));
  });

  it('opens the eyes', () => {
    const whites = (bytes: Uint8Array) => countOf(bytes, (r, g, b) => r > 225 && g > 220 && b > 215);
    const counts = sweep('eyeOpening', whites, 128, { ...plain, skinTone: 0.3, backgroundHue: 0 });
    expect(counts[0]).toBe(0);
    expectRising(counts.slice(2));
  });

  it('puts glasses on', () => {
    const frame: Box = [0.46, 0.42, 0.54, 0.52];
    expectRising(sweep('glasses', (bytes) => -lightness(mean(bytes, 64, frame))));
  });

  it('lights the side that the light comes from', () => {
    const difference = (bytes: Uint8Array) =>
      lightness(mean(bytes, 64, [0.55, 0.5, 0.68, 0.66])) -
      lightness(mean(bytes, 64, [0.32, 0.5, 0.45, 0.66]));
    const differences = sweep('lightDirection', difference);
    expectRising(differences);
    expect(differences[0]).toBeLessThan(-40);
    expect(differences[8]).toBeGreaterThan(40);
  });

  it('raises the corners of the mouth with the smile', () => {
    // The mean height of the lips' red at the corners of the mouth, against that in its middle.
    const height = (bytes: Uint8Array, from: number, to: number) => {
      let weighted = 0;
      let total = 0;
      for (let y = 80; y < 108; y++) {
        for (let x = from; x < to; x++) {
          const at = (y * 128 + x) * 3;
          const weight = Math.max(0, bytes[at]! - bytes[at + 1]! - 60);
          weighted += weight * y;
          total += weight;
        }
      }
      return weighted / total;
    };
    const bend = (bytes: Uint8Array) => height(bytes, 62, 66) - height(bytes, 53, 56);
    const values = sweep('smile', bend, 128);
    expectRising(values);
    expect(values[0]).toBeLessThan(-2);
    expect(Math.abs(values[4]!)).toBeLessThan(0.3);
    expect(values[8]).toBeGreaterThan(2);
  });

  it('is the mirror image with head and light turned round, but for the parting', () => {
    const size = 64;
    const left = drawPortrait({ ...plain, headTurn: -0.7, lightDirection: -0.5 }, size);
    const right = drawPortrait({ ...plain, headTurn: 0.7, lightDirection: 0.5 }, size);
    // Below the fringe, where nothing is parted.
    for (let y = 34; y < size; y++) {
      for (let x = 0; x < size; x++) {
        for (let channel = 0; channel < 3; channel++) {
          const a = left[(y * size + x) * 3 + channel]!;
          const b = right[(y * size + size - 1 - x) * 3 + channel]!;
          expect(Math.abs(a - b), `${x}, ${y}`).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('smooths edges: a small picture is nearly a large one averaged', () => {
    for (const seed of [0, 1, 2, 3]) {
      const factors = portraits({ size: 8, seed }).factors(0);
      const small = drawPortrait(factors, 32);
      const large = drawPortrait(factors, 256);
      let sum = 0;
      for (let y = 0; y < 32; y++) {
        for (let x = 0; x < 32; x++) {
          const average = mean(large, 256, [x / 32, y / 32, (x + 1) / 32, (y + 1) / 32]);
          for (const channel of [0, 1, 2] as const)
            sum += Math.abs(small[(y * 32 + x) * 3 + channel]! - average[channel]);
        }
      }
      expect(sum / (32 * 32 * 3)).toBeLessThan(4);
    }
  });

  it('fits the shorter side of any shape', () => {
    const wide = drawPortrait(plain, [32, 48]);
    const square = drawPortrait(plain, 32);
    const middle = (y: number, x: number) =>
      Array.from(wide.subarray((y * 48 + x + 8) * 3, (y * 48 + x + 8) * 3 + 3));
    for (const [y, x] of [
      [16, 16],
      [20, 12],
      [5, 16],
      [30, 16],
    ] as const) {
      expect(middle(y, x)).toEqual(Array.from(square.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3)));
    }
    const tall = drawPortrait(plain, [96, 32]);
    // Body, not wall, at the lower edge.
    const last = Array.from(tall.subarray((95 * 32 + 16) * 3, (95 * 32 + 16) * 3 + 3));
    expect(lightness(last)).toBeLessThan(130);
  });

  it('refuses factors out of range, missing or unknown', () => {
    expect(() => drawPortrait({ ...plain, smile: 1.5 }, 32)).toThrow(
      'drawPortrait: factors.smile: must be a finite number of at least -1 and of at most 1, got 1.5',
    );
    expect(() => drawPortrait({ ...plain, skinTone: Number.NaN }, 32)).toThrow('factors.skinTone');
    const { glasses: _, ...nine } = plain;
    expect(() => drawPortrait(nine as PortraitFactors, 32)).toThrow('factors.glasses');
    expect(() => drawPortrait({ ...plain, age: 3 } as PortraitFactors, 32)).toThrow('got "age"');
    expect(() => drawPortrait(plain, 4)).toThrow('drawPortrait: size');
  });
});
