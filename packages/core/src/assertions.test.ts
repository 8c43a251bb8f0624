import { describe, expect, it } from 'vitest';
import { assertFields, assertFinite, assertInteger, assertOneOf } from './index';

describe('assertInteger', () => {
  it('accepts the bounds themselves', () => {
    assertInteger('n', 1, { min: 1, max: 3 });
    assertInteger('n', 3, { min: 1, max: 3 });
  });

  it.each([0, 4, 1.5, Number.NaN, '2', undefined, 2n])('refuses %s with the bounds', (value) => {
    expect(() => assertInteger('n', value, { min: 1, max: 3 })).toThrow(
      /n: must be an integer of at least 1 and of at most 3, got/,
    );
  });
});

describe('assertFinite', () => {
  it('tells an open bound from a closed one', () => {
    assertFinite('x', 0, { min: 0 });
    expect(() => assertFinite('x', 0, { exclusiveMin: 0 })).toThrow(
      'x: must be a finite number above 0, got 0',
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '1', null])('refuses %s', (value) => {
    expect(() => assertFinite('x', value)).toThrow('x: must be a finite number, got');
  });
});

describe('assertOneOf', () => {
  it('names the nearest valid value', () => {
    expect(() => assertOneOf('useBackend', 'wsam', ['cpu', 'wasm', 'webgl'])).toThrow(
      'useBackend: must be one of cpu, wasm, webgl, got "wsam". Did you mean "wasm"?',
    );
  });

  it('names none when nothing is near', () => {
    expect(() => assertOneOf('useBackend', 'x', ['tensorflow'])).toThrow(/got "x"$/);
  });
});

describe('assertFields', () => {
  it('takes any of the known names, and none', () => {
    expect(() => assertFields('sgd', { momentum: 0 }, ['learningRate', 'momentum'])).not.toThrow();
    expect(() => assertFields('sgd', {}, ['learningRate'])).not.toThrow();
  });

  it('names an unknown one, which would be ignored, and the nearest known', () => {
    const misspelt = () => assertFields('sgd', { learningrate: 1 }, ['learningRate', 'momentum']);
    expect(misspelt).toThrow(
      'sgd: must have no options but learningRate, momentum, got "learningrate". Did you mean "learningRate"?',
    );
  });
});
