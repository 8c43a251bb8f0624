import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Explorable } from './explorable';
import { fitting, latentsOf } from './explorer-state';
import { readLatent, writeLatent } from './latent-file';
import { layOutModel } from './model-layout';
import { stateFromText, stateToText } from './state-text';
import { inverseNormalCdf, normalCdf, truncatedNormal } from './truncated-normal';

const model: Explorable = {
  dimensions: [
    { id: 'block_0/0', layer: 0, importance: 3, index: 1 },
    { id: 'block_0/1', layer: 0, importance: -5, index: 2, activity: 0.2 },
    { id: 'b: c,d=é&', layer: 'The last', importance: 1, index: 4, name: 'hue' },
  ],
  latentSize: 5,
  render: () => ({ width: 1, height: 1, data: new Uint8Array(4) }),
};
const layout = layOutModel(model);

describe('the dimensions', () => {
  it('stand by layer, and in it by the size of their importance', () => {
    expect(
      layout.groups.map(({ title, dimensions }) => [title, dimensions.map(({ id, place }) => [id, place])]),
    ).toEqual([
      [
        'Layer 0',
        [
          ['block_0/1', 'Dimension 1'],
          ['block_0/0', 'Dimension 2'],
        ],
      ],
      ['The last', [['b: c,d=é&', 'Dimension 1']]],
    ]);
  });

  it.each([
    [[{ id: 'a', index: 7 }], /dimensions\[0\]\.index: must be an integer/],
    [[{ id: 'a' }, { id: 'a' }], /must have an id each of its own, got "a"/],
    [[{ id: 'a' }, { id: 'b', index: 0 }], /must be no other dimension’s, got 0/],
    [[{ id: 'a', range: [1, 1] as const }], /range: must rise/],
    [[{ id: 'a', importance: Number.NaN }], /importance/],
    [[{ id: '' }], /id: must be a text/],
    [[], /latentSize/],
  ])('are refused where they contradict each other', (dimensions, message) => {
    const wrong = { ...model, latentSize: undefined };
    const filled = dimensions.map((one) => ({ layer: 1, importance: 1, ...one }));
    expect(() => layOutModel({ ...wrong, dimensions: filled })).toThrow(message);
  });
});

describe('latents', () => {
  it('are zeros at the mode, the seed’s else, with what was moved put in its place', () => {
    expect(Array.from(latentsOf(model, layout, { truncation: 2, moved: {} }))).toEqual([0, 0, 0, 0, 0]);
    const seeded = latentsOf(model, layout, { seed: 1, truncation: 2, moved: {} });
    expect(new Set(seeded).size).toBe(5);
    const moved = latentsOf(model, layout, { seed: 1, truncation: 2, moved: { 'block_0/1': 9, '#0': 8 } });
    expect(Array.from(moved)).toEqual([8, seeded[1], 9, seeded[3], seeded[4]]);
  });

  it('are the model’s own where it draws them', () => {
    const own = { ...model, sample: (seed: number, cut: number) => new Float32Array(5).fill(seed * cut) };
    expect(latentsOf(own, layout, { seed: 3, truncation: 2, moved: {} })[4]).toBe(6);
  });

  it('take of a state what fits the model', () => {
    const state = {
      seed: -1,
      truncation: 17,
      moved: { 'block_0/1': 1, other: 2, '#4': 1, '#5': 1, '#1': Number.NaN },
    };
    expect(fitting(layout, state)).toEqual({ truncation: 3, moved: { 'block_0/1': 1, '#4': 1 } });
  });
});

describe('truncated normal numbers', () => {
  it('are normal where hardly anything is cut, and within the truncation', () => {
    const all = truncatedNormal(1, 20000, 3);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 0.973)).toBeLessThan(0.03);
    const cut = truncatedNormal(1, 20000, 0.7);
    expect(Math.max(...cut.map(Math.abs))).toBeLessThanOrEqual(0.7001);
    // Of a normal distribution cut at 0.7: 1 - 2 t phi(t) / (2 Phi(t) - 1).
    const expected = 1 - (1.4 * Math.exp(-0.245)) / Math.sqrt(2 * Math.PI) / (2 * normalCdf(0.7) - 1);
    expect(cut.reduce((sum, value) => sum + value ** 2, 0) / cut.length).toBeCloseTo(expected, 2);
    expect(truncatedNormal(1, 3, 0)).toEqual(new Float32Array(3));
  });

  it('move smoothly with the truncation', () => {
    for (let cut = 0.1; cut < 2.85; cut += 0.1) {
      const step = truncatedNormal(4, 50, cut).map(
        (value, i) => value - (truncatedNormal(4, 50, cut + 0.1)[i] ?? 0),
      );
      expect(Math.max(...step.map(Math.abs))).toBeLessThan(0.35);
    }
  });

  it('go by a distribution and its inverse that tables have', () => {
    expect(normalCdf(1.959963985)).toBeCloseTo(0.975, 6);
    expect(normalCdf(-3)).toBeCloseTo(0.001349898, 6);
    expect(inverseNormalCdf(0.975)).toBeCloseTo(1.959963985, 7);
    expect(inverseNormalCdf(0.001)).toBeCloseTo(-3.090232306, 7);
    expect(inverseNormalCdf(0.5)).toBeCloseTo(0, 12);
  });
});

describe('a state as a text', () => {
  it('reads well', () => {
    const state = { seed: 7, truncation: 1.5, moved: { 'block_3/0': 1.5, 'block_1/2': -0.4 } };
    expect(stateToText(state)).toBe('seed=7&t=1.5&z=block_3/0:1.5,block_1/2:-0.4');
    expect(stateFromText(`#${stateToText(state)}`)).toEqual(state);
    expect(stateFromText('')).toBeUndefined();
    expect(stateFromText('#top')).toBeUndefined();
  });

  it('comes back whole, whatever the ids', () => {
    const id = fc.string({ minLength: 1 }).filter((text) => text !== '__proto__');
    const moves = fc.dictionary(
      id,
      fc.integer({ min: -3000, max: 3000 }).map((n) => n / 1000),
    );
    fc.assert(
      fc.property(fc.option(fc.maxSafeNat(), { nil: undefined }), moves, (seed, moved) => {
        const state = { ...(seed === undefined ? {} : { seed }), truncation: 2, moved: { ...moved } };
        expect(stateFromText(stateToText(state))).toEqual(state);
      }),
    );
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const state = stateFromText(`seed=${text}&t=${text}&z=${text}`);
        expect(Object.values(state?.moved ?? {}).every(Number.isFinite)).toBe(true);
        fitting(layout, state ?? {});
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a latent file', () => {
  const state = { seed: 3, truncation: 1, moved: { 'block_0/1': 2, '#0': -1 } };

  it('comes back as it was', () => {
    const text = writeLatent(model, layout, state);
    expect(JSON.parse(text).latents).toHaveLength(5);
    expect(readLatent(model, layout, text)).toEqual(state);
    const mode = { truncation: 2, moved: {} };
    expect(readLatent(model, layout, writeLatent(model, layout, mode))).toEqual(mode);
  });

  it('gives its latents, whatever its seed means to this model', () => {
    const other = { ...model, sample: () => Float32Array.of(1, 2, 3, 4, 5) };
    const text = writeLatent(other, layout, { seed: 3, truncation: 1, moved: {} });
    const read = readLatent(model, layout, text);
    expect(latentsOf(model, layout, read)).toEqual(Float32Array.of(1, 2, 3, 4, 5));
  });

  it('is refused with the reason where it is none', () => {
    const file = JSON.parse(writeLatent(model, layout, state));
    const read = (changes: object) => () =>
      readLatent(model, layout, JSON.stringify({ ...file, ...changes }));
    expect(() => readLatent(model, layout, 'x')).toThrow(/must be JSON/);
    expect(() => readLatent(model, layout, 'null')).toThrow(/must be an object/);
    expect(read({ format: 'other' })).toThrow(/format must be "eigengan-latent", got "other"/);
    expect(read({ version: 2 })).toThrow(/version/);
    expect(read({ latents: [1] })).toThrow(/latents must be 5 numbers, as this model takes, got 1/);
    expect(read({ latents: [1, 2, 3, 4, 'x'] })).toThrow(/latents\[4\] must be a number/);
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('seed', 'truncation', 'moved', 'latents'), fc.json()),
        (changes) => {
          const parsed = Object.fromEntries(
            Object.entries(changes).map(([key, json]) => [key, JSON.parse(json)]),
          );
          try {
            latentsOf(model, layout, read(parsed)());
          } catch (error) {
            expect(String(error)).toMatch(/latent file: latents/);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
