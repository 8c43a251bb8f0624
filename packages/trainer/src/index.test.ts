import { expect, test } from 'vitest';
import * as browser from './browser';
import * as trainer from './index';
import * as node from './node';

test('the exports are these', () => {
  expect(Object.keys(trainer).sort()).toMatchInlineSnapshot(`
    [
      "StreamDropout",
      "Trainer",
      "adadelta",
      "adagrad",
      "adam",
      "adamW",
      "adamax",
      "bestCheckpoint",
      "clippedHinge",
      "divergenceNames",
      "fDivergence",
      "hinge",
      "jsonlLog",
      "leastSquares",
      "lipschitz",
      "minimax",
      "nonSaturating",
      "oneCentred",
      "relativisticPaired",
      "resume",
      "rmsprop",
      "sgd",
      "streamDropout",
      "tensorBoard",
      "wasserstein",
      "zeroCentred",
    ]
  `);
  expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
    [
      "fileStore",
      "jsonlLog",
      "loadCheckpoint",
      "openMpi",
      "saveCheckpoint",
      "saveTo",
      "tensorBoard",
    ]
  `);
  expect(Object.keys(browser)).toEqual(['browserStore']);
});
