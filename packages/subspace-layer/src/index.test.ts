import { expect, it } from 'vitest';
import * as subspaceLayer from './index';

it('exports this and nothing else', () => {
  expect(Object.keys(subspaceLayer).sort()).toMatchInlineSnapshot(`
    [
      "OrthonormalConstraint",
      "OrthonormalInitializer",
      "OrthonormalityRegularizer",
      "SmoothOrthonormalInitializer",
      "SubspaceLayer",
      "applyConstraints",
      "combineImages",
      "coordinates",
      "importanceSpectrum",
      "orthonormalConstraint",
      "orthonormalInitializer",
      "orthonormalityError",
      "orthonormalityRegularizer",
      "principalSubspace",
      "setSubspace",
      "smoothOrthonormalInitializer",
      "subspaceLayer",
      "subspaceOf",
    ]
  `);
});
