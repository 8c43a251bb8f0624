import { ArgumentError } from '@eigengan/core';
import { describe, expect, it } from 'vitest';
import { expectGridOrder, expectIndependentUniform } from '../testing/factor-tables';
import { drawSprite } from './draw-sprite';
import { fullTurn, type SpriteFactors, spriteFactorRanges, spriteFactorValues } from './factors';
import { ellipseAxes, halfSquare, heartSide } from './outlines';
import { sprites } from './sprites';

const middle: SpriteFactors = { shape: 0, scale: 1, orientation: 0, x: 0.5, y: 0.5 };
const [square, ellipse, heart] = [0, 1, 2];

/** How many pixels are covered, parts included. */
const areaOf = (bytes: Uint8Array) => bytes.reduce((sum, value) => sum + value, 0) / 255;

/** The center of mass, in pixels from the left and from the top. */
function middleOf(bytes: Uint8Array, width: number): [x: number, y: number] {
  let x = 0;
  let y = 0;
  bytes.forEach((value, i) => {
    x += (value / 255) * ((i % width) + 0.5);
    y += (value / 255) * (Math.floor(i / width) + 0.5);
  });
  return [x / areaOf(bytes), y / areaOf(bytes)];
}

function expectAlike(a: Uint8Array, b: Uint8Array): void {
  expect(a.length).toBe(b.length);
  expect(a.findIndex((value, i) => Math.abs(value - b[i]!) > 1)).toBe(-1);
}

const differing = (a: Uint8Array, b: Uint8Array) =>
  a.filter((value, i) => Math.abs(value - b[i]!) > 64).length;

describe('sprites', () => {
  it('are the 737,280 pictures of dSprites in its order: shape, scale, orientation, x, y', () => {
    const source = sprites({ size: 8, order: 'grid' });
    expect(source.length).toBe(737_280);
    expectGridOrder(source, spriteFactorValues);
    const index = (((1 * 6 + 2) * 40 + 13) * 32 + 31) * 32 + 4;
    expect(source.factors(index)).toEqual({
      shape: 1,
      scale: 0.7,
      orientation: (2 * Math.PI * 13) / 39,
      x: 1,
      y: 4 / 31,
    });
    expect(source.read(index)).toEqual(drawSprite(source.factors(index), 8));
  });

  it('draws each value equally often in random order, each factor independent of the others', () => {
    expectIndependentUniform(sprites({ size: 8, seed: 3 }), 20_000);
  });

  it('draws from seed and index alone', () => {
    const small = sprites({ size: 16, length: 10, seed: 2 });
    const large = sprites({ size: 64, length: 1000, seed: 2 });
    expect(small).toMatchObject({ length: 10, shape: [16, 16, 1] });
    expect(large.factors(9)).toEqual(small.factors(9));
    expect(small.factors(8)).not.toEqual(small.factors(9));
    expect(sprites({ size: 16, seed: 3 }).factors(9)).not.toEqual(small.factors(9));
  });

  it('draws what lies between the values when it is asked to, but no shape between', () => {
    const source = sprites({ size: 8, length: 2000, continuous: true });
    const all = Array.from({ length: 2000 }, (_, i) => source.factors(i));
    expect(new Set(all.map(({ shape }) => shape))).toEqual(new Set([0, 1, 2]));
    for (const name of ['scale', 'orientation', 'x', 'y'] as const) {
      const [min, max] = spriteFactorRanges[name];
      const drawn = all.map((factors) => (factors[name] - min) / (max - min));
      expect(new Set(drawn).size, name).toBe(2000);
      const mean = drawn.reduce((sum, value) => sum + value, 0) / 2000;
      expect(Math.abs(mean - 0.5), name).toBeLessThan(0.03);
      expect(Math.min(...drawn), name).toBeGreaterThanOrEqual(0);
      expect(Math.max(...drawn), name).toBeLessThan(1);
    }
  });

  it('refuses bad options, indices and factors', () => {
    expect(() => sprites({ size: 7 })).toThrow(ArgumentError);
    expect(() => sprites(JSON.parse('64'))).toThrow('sprites: needs options with a size');
    expect(() => sprites(JSON.parse('{ "size": 64, "sorted": 1 }'))).toThrow('got "sorted"');
    expect(() => sprites(JSON.parse('{ "size": 64, "order": "gird" }'))).toThrow('Did you mean "grid"?');
    expect(() => sprites(JSON.parse('{ "size": 64, "continuous": 1 }'))).toThrow('sprites: continuous');
    expect(() => sprites({ size: 64, length: 0 })).toThrow('sprites: length');
    expect(() => sprites({ size: 64, order: 'grid', length: 737_281 })).toThrow('at most 737280');
    expect(() => sprites({ size: 64, order: 'grid', seed: 1 })).toThrow('sprites: seed: must be left out');
    expect(() => sprites({ size: 64, order: 'grid', continuous: true })).toThrow('sprites: continuous');
    expect(() => sprites({ size: 64, length: 5 }).read(5)).toThrow('at most 4, got 5');
    expect(() => sprites({ size: 64 }).draw({ ...middle, x: 2 })).toThrow('sprites: draw: factors.x');
    expect(() => drawSprite({ ...middle, shape: 0.5 }, 64)).toThrow('factors.shape: must be an integer');
    expect(() => drawSprite(middle, 4)).toThrow('drawSprite: size');
  });
});

describe('drawSprite', () => {
  it('covers the area that geometry gives each shape, at any scale and angle', () => {
    const unitAreas = [
      4 * halfSquare ** 2,
      Math.PI * ellipseAxes[0] * ellipseAxes[1],
      heartSide ** 2 * (1 + Math.PI / 4),
    ];
    unitAreas.forEach((unit, shape) => {
      for (const scale of [0.5, 0.7, 1]) {
        for (const orientation of [0, 0.4, 2.9]) {
          const exact = unit * (scale * 64) ** 2;
          const area = areaOf(drawSprite({ ...middle, shape, scale, orientation }, 64));
          expect(Math.abs(area / exact - 1), `${shape}, ${scale}, ${orientation}`).toBeLessThan(0.002);
        }
      }
    });
  });

  it('puts the center of mass where x and y say, in the middle half of the picture', () => {
    for (const shape of [square, ellipse, heart].map(Number)) {
      for (const [x, y] of [
        [0, 0],
        [0.3, 0.9],
        [1, 0.5],
      ] as const) {
        const bytes = drawSprite({ shape, scale: 0.8, orientation: 1.1, x, y }, 64);
        const [left, top] = middleOf(bytes, 64);
        expect(Math.abs(left - (16 + 32 * x)), `shape ${shape}`).toBeLessThan(0.05);
        expect(Math.abs(top - (16 + 32 * y)), `shape ${shape}`).toBeLessThan(0.05);
      }
    }
  });

  it('moves the very same sprite, where a step is whole pixels', () => {
    const at = (x: number, y: number) => drawSprite({ ...middle, shape: 2, orientation: 2, x, y }, 64);
    const [before, after] = [at(0.25, 0.25), at(0.5, 0.375)];
    for (let row = 0; row < 60; row++) {
      const shifted = after.subarray((row + 4) * 64 + 8, (row + 5) * 64);
      expectAlike(shifted, before.subarray(row * 64, row * 64 + 56));
    }
  });

  it('never leaves the picture', () => {
    for (const shape of [0, 1, 2]) {
      for (let i = 0; i < 40; i++) {
        const orientation = (fullTurn * i) / 40;
        const corner = drawSprite({ shape, scale: 1, orientation, x: 0, y: 0 }, 64);
        const whole = areaOf(drawSprite({ ...middle, shape, orientation }, 64));
        expect(Math.abs(areaOf(corner) - whole), `shape ${shape} at ${orientation}`).toBeLessThan(0.25);
      }
    }
  });

  it('repeats with the symmetry of its shape, and not before', () => {
    const turned = (shape: number, orientation: number) => drawSprite({ ...middle, shape, orientation }, 64);
    const periods = [fullTurn / 4, fullTurn / 2, fullTurn];
    periods.forEach((period, shape) => {
      const first = turned(shape, 0.3);
      if (0.3 + period <= fullTurn) expectAlike(turned(shape, 0.3 + period), first);
      expect(turned(shape, fullTurn)).toEqual(turned(shape, 0));
      for (const part of [0.25, 0.5, 0.75]) {
        expect(differing(turned(shape, 0.3 + part * period), first), `shape ${shape}`).toBeGreaterThan(20);
      }
    });
  });

  it('turns clockwise: the point of the heart from below to the left', () => {
    const pointed = (orientation: number) => drawSprite({ ...middle, shape: 2, orientation }, 64);
    expect(pointed(0)[43 * 64 + 32]).toBe(255);
    expect(pointed(0)[32 * 64 + 21]).toBeGreaterThan(250);
    expect(pointed(fullTurn / 4)[32 * 64 + 43]).toBe(0);
    expect(pointed(fullTurn / 4)[32 * 64 + 20]).toBe(255);
  });

  it('is the mirror image of the mirrored factors', () => {
    for (const shape of [0, 1, 2]) {
      const left = drawSprite({ shape, scale: 0.7, orientation: 0.7, x: 0.2, y: 0.4 }, 48);
      const right = drawSprite({ shape, scale: 0.7, orientation: fullTurn - 0.7, x: 0.8, y: 0.4 }, 48);
      for (let row = 0; row < 48; row++) {
        expectAlike(left.slice(row * 48, (row + 1) * 48).reverse(), right.subarray(row * 48, (row + 1) * 48));
      }
    }
  });

  it('makes a small picture of exactly what the large one has', () => {
    const source = sprites({ size: 8, continuous: true });
    for (let index = 0; index < 12; index++) {
      const factors = source.factors(index);
      const large = drawSprite(factors, 128);
      const averaged = new Uint8Array(256);
      for (let i = 0; i < 256; i++) {
        let sum = 0;
        for (let j = 0; j < 64; j++) {
          sum += large[(Math.floor(i / 16) * 8 + Math.floor(j / 8)) * 128 + (i % 16) * 8 + (j % 8)]!;
        }
        averaged[i] = sum / 64 + 0.5;
      }
      expectAlike(drawSprite(factors, 16), averaged);
    }
  });

  it('fits the shorter side of any shape, around the middle', () => {
    const factors = { shape: 2, scale: 0.9, orientation: 1, x: 0.1, y: 0.8 };
    const wide = drawSprite(factors, [32, 48]);
    const tall = drawSprite(factors, [48, 32]);
    const plain = drawSprite(factors, 32);
    for (let row = 0; row < 32; row++) {
      expectAlike(wide.subarray(row * 48 + 8, row * 48 + 40), plain.subarray(row * 32, row * 32 + 32));
    }
    expectAlike(tall.subarray(8 * 32, 40 * 32), plain);
  });
});
