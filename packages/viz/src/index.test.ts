import { expect, test } from 'vitest';
import * as viz from './index';

test('the package exports these names', () => {
  expect(Object.keys(viz).sort()).toMatchInlineSnapshot(`
    [
      "barChart",
      "encodePng",
      "heatMap",
      "sampleGrid",
      "sideBySide",
      "toPicture",
      "toPictures",
      "traversalSheet",
    ]
  `);
});
