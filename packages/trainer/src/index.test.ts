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
      "clipped",
      "clippedHinge",
      "collapse",
      "cosineDecay",
      "deadDimensions",
      "decayed",
      "describePlan",
      "divergenceNames",
      "exponentialDecay",
      "fDivergence",
      "hinge",
      "jsonlLog",
      "lazyCorrected",
      "leastSquares",
      "linearDecay",
      "lipschitz",
      "minimax",
      "nonSaturating",
      "officialSchedule",
      "oneCentred",
      "r1",
      "r2",
      "relativisticPaired",
      "resume",
      "rmsprop",
      "saturated",
      "sgd",
      "smallDataSet",
      "streamDropout",
      "stuck",
      "tensorBoard",
      "tfTrain",
      "warmUp",
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
      "warmStartFrom",
    ]
  `);
  expect(Object.keys(browser)).toEqual(['browserStore']);
});
