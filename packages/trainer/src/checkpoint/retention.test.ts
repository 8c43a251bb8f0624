import { expect, test } from 'vitest';
import { bestOf, checkRetention, superfluous } from './retention';

const stored = [5, 3, 4, 3, 6, Number.NaN, undefined].map((score, i) => ({ step: 10 * (i + 1), score }));

test('without keepLast everything stays', () => {
  expect(superfluous(stored, {})).toEqual([]);
  expect(superfluous(stored, { keepBest: { metric: 'fid', mode: 'min' } })).toEqual([]);
});

test('keepLast keeps the latest steps, in whatever order they are told', () => {
  expect(superfluous([...stored].reverse(), { keepLast: 3 })).toEqual([10, 20, 30, 40]);
  expect(superfluous(stored, { keepLast: 9 })).toEqual([]);
});

test('keepBest keeps the best besides, the earlier of two, and never what has no finite score', () => {
  const keepBest = (mode: 'min' | 'max') => ({ metric: 'fid', mode });
  expect(superfluous(stored, { keepLast: 1, keepBest: keepBest('min') })).toEqual([10, 30, 40, 50, 60]);
  expect(superfluous(stored, { keepLast: 1, keepBest: keepBest('max') })).toEqual([10, 20, 30, 40, 60]);
  expect(bestOf([{ step: 1, score: Number.NaN }, { step: 2 }], 'min')).toBeUndefined();
  expect(bestOf([{ step: 1, score: Number.NEGATIVE_INFINITY }], 'min')).toBeUndefined();
});

test('bad policies are refused naming the field', () => {
  const refused = (retention: string, message: string) =>
    expect(() => checkRetention('fit', JSON.parse(retention))).toThrow(message);
  refused('{"keepLast": 0}', 'fit.keepLast: must be an integer of at least 1, got 0');
  refused('{"keepBest": {"mode": "min"}}', 'fit.keepBest.metric: must be a name, got undefined');
  refused('{"keepBest": {"metric": "fid", "mode": "mim"}}', 'Did you mean "min"?');
  refused('{"keepBest": 3}', 'fit.keepBest.metric: must be a name, got undefined');
});
