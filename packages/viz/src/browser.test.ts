import { expect, it } from 'vitest';
import * as browser from './browser';

it('exports this and nothing else, and can be imported where there is no page', () => {
  expect(Object.keys(browser).sort()).toMatchInlineSnapshot(`
    [
      "encodeMp4",
      "encodeWebp",
      "saveFile",
    ]
  `);
});
