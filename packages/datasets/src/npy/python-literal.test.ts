import { EigenganError } from '@eigengan/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pythonLiteral } from './python-literal';

const read = (text: string) => pythonLiteral('a', text);

it('reads dicts, tuples, lists, texts, whole numbers and the three words', () => {
  expect(read("{'a': 1, \"b\": (2, 3L,), 'c': [], 'd': (True, False, None)}  \n")).toEqual(
    new Map<string, unknown>([
      ['a', 1],
      ['b', [2, 3]],
      ['c', []],
      ['d', [true, false, null]],
    ]),
  );
  expect(read('()')).toEqual([]);
  expect(read('(7,)')).toEqual([7]);
  expect(read('(7)')).toBe(7);
  expect(read(' { } ')).toEqual(new Map());
  expect(read('"it\'s"')).toBe("it's");
});

it('refuses anything else, with its place', () => {
  const cases = [
    ['', 'a: character 0: must be a text in quotes, without backslashes, got "the end"'],
    ['{', 'character 1'],
    ["{'a' 1}", 'character 5: must be ":", got "1}"'],
    ["{'a': 1 'b': 2}", 'must be "," or "}"'],
    ["{'a': 1, 'a': 2}", 'must not repeat the key "a"'],
    ['{1: 2}', 'must be a text in quotes'],
    ['(1, 2', 'must be "," or ")"'],
    ['1 2', 'character 2: must be the end, got "2"'],
    ["'a\\n'", 'without backslashes'],
    ["'a", 'must be a text in quotes'],
    ['true', 'must be a number, a text, True, False or None'],
    ['constructor', 'must be a number, a text, True, False or None'],
    ['-1', 'must be a text in quotes'],
    ['1.5', 'character 1: must be the end'],
    ['9007199254740993', 'must be a number'],
    ['99999999999999999999', 'must be a text in quotes'],
    ['f()', 'must be a number'],
    ['[1 for i in x]', 'must be "," or "]"'],
    [`${'['.repeat(17)}`, 'must be at most 16 deep'],
  ] as const;
  for (const [text, says] of cases) expect(() => read(text), text).toThrow(says);
});

it('answers any text with a value or an error of ours', () => {
  const pieces = fc.constantFrom(
    ...'{}()[],:\'"\\ L19-.\n',
    "'a'",
    'True',
    'None',
    '2',
    '{}',
    "{'a': ",
    '(1,',
  );
  const texts = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
  let values = 0;
  fc.assert(
    fc.property(fc.oneof(texts, fc.string()), (text) => {
      try {
        read(text);
        values++;
      } catch (error) {
        if (!EigenganError.is(error)) throw error;
      }
    }),
    { numRuns: 5000 },
  );
  expect(values).toBeGreaterThan(50);
});
