import { expect, test } from 'vitest';
import { caseNames, selectCases, works } from './cases';

test('a size stands for all of its work', () => {
  expect(selectCases(['paper64'])).toEqual(new Map([['Paper64', new Set(works)]]));
});

test('work stands for itself at every size', () => {
  expect(selectCases(['gStep'])).toEqual(new Map(caseNames.map((name) => [name, new Set(['gStep'])])));
});

test('work at a size is that alone, and several are put together', () => {
  const selection = selectCases(['step32', 'sample64', 'sampleOne32']);
  expect(selection.get('32')).toEqual(new Set(['step', 'sampleOne']));
  expect(selection.get('64')).toEqual(new Set(['sample']));
  expect(selection.has('Paper64')).toBe(false);
});

test('an unknown name is refused', () => {
  expect(() => selectCases(['32', 'step48'])).toThrow('got "step48"');
});
