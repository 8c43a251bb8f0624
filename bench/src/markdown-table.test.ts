import { expect, test } from 'vitest';
import { markdownTable } from './markdown-table';

test('a table has names to the left and numbers to the right, as wide as the widest', () => {
  expect(
    markdownTable(
      ['work', 'ms'],
      [
        ['a step', '305'],
        ['x', '1234'],
      ],
    ),
  ).toBe(['| work   |   ms |', '|--------|-----:|', '| a step |  305 |', '| x      | 1234 |'].join('\n'));
});
