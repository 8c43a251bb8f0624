import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PinnedState } from './pins';
import { pinsFromText, pinsToText } from './pins-text';
import { stateFromText, stateToText } from './state-text';

describe('pins as a text', () => {
  const pins: PinnedState[] = [
    { state: { seed: 3, truncation: 2, moved: { 'block_1/2': -0.4 } }, name: 'Anna & Ben = 100 %' },
    { state: { truncation: 1, moved: {} } },
  ];

  it('stand in one address with a state, and both come back', () => {
    const state = { seed: 7, truncation: 1.5, moved: { 'block_3/0': 1.5 } };
    const hash = `#${stateToText(state)}&${pinsToText(pins)}`;
    expect(hash).toMatch(/^#[\w.,:/&=%-]+$/);
    expect(pinsFromText(hash)).toEqual(pins);
    expect(stateFromText(hash)).toEqual(state);
  });

  it('come back alone too, whatever they are called', () => {
    expect(pinsToText([])).toBe('');
    expect(pinsFromText('')).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 8 }), (names) => {
        const named = names.map((name, seed) => ({ state: { seed, truncation: 2, moved: {} }, name }));
        expect(pinsFromText(pinsToText(named))).toEqual(named);
      }),
    );
  });

  it('keep what is whole of a name', () => {
    const pin = { state: { truncation: 2, moved: { 'a\uDC00/0': 1 } }, name: '\uD83D\uDE00 \uD83D' };
    expect(pinsFromText(pinsToText([pin]))).toEqual([
      { state: { truncation: 2, moved: { 'a\uFFFD/0': 1 } }, name: '\uD83D\uDE00 \uFFFD' },
    ]);
  });

  it('may be anything, and many', () => {
    fc.assert(fc.property(fc.string(), (text) => pinsFromText(`pin=${text}`).length <= 1));
    expect(pinsFromText('pin=%E0%A4%A&pin=name%3Dx&pin=seed%3D1')).toEqual([
      { state: { seed: 1, truncation: 2, moved: {} } },
    ]);
    expect(pinsFromText(Array(1000).fill('pin=seed%3D1').join('&'))).toHaveLength(32);
  });
});
