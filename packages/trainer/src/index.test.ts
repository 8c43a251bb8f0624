import { expect, test } from 'vitest';
import * as trainer from './index';
import * as node from './node';

test('the exports are these', () => {
  expect(Object.keys(trainer).sort()).toMatchInlineSnapshot(`
    [
      "StreamDropout",
      "Trainer",
      "adam",
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
      "sgd",
      "streamDropout",
      "tensorBoard",
      "wasserstein",
      "zeroCentred",
    ]
  `);
  expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
    [
      "jsonlLog",
      "loadCheckpoint",
      "openMpi",
      "saveCheckpoint",
      "saveTo",
      "tensorBoard",
    ]
  `);
});
