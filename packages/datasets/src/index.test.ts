import { expect, it } from 'vitest';
import * as browser from './browser';
import * as root from './index';
import * as node from './node';

it('exports what it says', () => {
  expect(Object.keys(root).sort()).toMatchInlineSnapshot(`
    [
      "arraySource",
      "bytesToFloats",
      "contactSheet",
      "describeInspection",
      "drawPortrait",
      "drawRoom",
      "drawSprite",
      "faceAlignment",
      "fiveLandmarks",
      "floatsToBytes",
      "idx",
      "inspect",
      "loader",
      "meanLandmarks",
      "parseLandmarks",
      "parseStandardLandmarks",
      "portraitFactorRanges",
      "portraitFactorValues",
      "portraits",
      "roomFactorRanges",
      "roomFactorValues",
      "roomShapes",
      "rooms",
      "spriteFactorRanges",
      "spriteFactorValues",
      "spriteShapes",
      "sprites",
      "tfDataset",
    ]
  `);
  expect(Object.keys(browser).sort()).toMatchInlineSnapshot(`
    [
      "cifarFiles",
      "idxFile",
      "imageFiles",
      "npyFile",
      "npzFile",
      "parquetFiles",
      "tfrecordFiles",
      "zipFile",
    ]
  `);
  expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
    [
      "cifarFiles",
      "idxFile",
      "imageFolder",
      "npyFile",
      "npzFile",
      "parquetFiles",
      "tfrecordFiles",
      "zipFile",
    ]
  `);
});
