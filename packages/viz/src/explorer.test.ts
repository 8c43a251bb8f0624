import { expect, it } from 'vitest';
import * as explorer from './explorer';
import { keyedValue } from './explorer/range-keys';

it('exports what it says, and can be imported where there is no page', () => {
  expect(Object.keys(explorer).sort()).toMatchInlineSnapshot(`
    [
      "ExplorerElement",
      "pinsFromText",
      "pinsToText",
      "stateFromText",
      "stateToText",
    ]
  `);
});

it('moves a slider by keys: finely, by tenths, by whole steps, to its ends and not beyond', () => {
  const press = (key: string, value: number, shiftKey = false) =>
    keyedValue({ key, shiftKey }, value, [-3, 3]);
  expect(press('ArrowRight', 0.2)).toBe(0.3);
  expect(press('ArrowDown', 0.1)).toBe(0);
  expect(press('ArrowLeft', 0, true)).toBe(-0.01);
  expect(press('PageUp', 1.5)).toBe(2.5);
  expect(press('PageUp', 2.5)).toBe(3);
  expect(press('Home', 2)).toBe(-3);
  expect(press('a', 0)).toBeUndefined();
  expect(press('constructor', 0)).toBeUndefined();
});
