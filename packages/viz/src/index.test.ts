import { expect, test } from 'vitest';
import * as viz from './index';

test('the package exports these names', () => {
  expect(Object.keys(viz).sort()).toMatchInlineSnapshot(`
    [
      "barChart",
      "basisImages",
      "encodeApng",
      "encodeGif",
      "encodePng",
      "enlarged",
      "gramMatrices",
      "heatMap",
      "htmlReport",
      "interpolationStrip",
      "layerOverview",
      "lineChart",
      "sampleGrid",
      "sideBySide",
      "spectrum",
      "stacked",
      "toPicture",
      "toPictures",
      "trainingCurves",
      "traversalSheet",
    ]
  `);
});
