import { expect, test } from 'vitest';
import * as everything from './index';

test('the package exports these values', () => {
  expect(Object.keys(everything).sort()).toMatchInlineSnapshot(`
    [
      "ConstantFeatures",
      "GeneratorRenderer",
      "SubspaceConvolution",
      "createDiscriminator",
      "createGenerator",
      "defaultTraversalValues",
      "dimensionActivity",
      "dimensionKey",
      "dimensionNames",
      "eigenDimensions",
      "fromOfficial",
      "generatorFiles",
      "interpolateLatents",
      "latentSampler",
      "latentShapes",
      "latentWalk",
      "lightPreset",
      "loadGenerator",
      "loadOfficialWeights",
      "modeLatents",
      "nameDimension",
      "officialWeights",
      "presets",
      "readMetadata",
      "readWeightsByRole",
      "sampleLatents",
      "saveGenerator",
      "setWeightsByRole",
      "subspaces",
      "toOfficial",
      "toOfficialWeights",
      "traversalBatch",
      "traversals",
      "traverse",
      "weightsByRole",
    ]
  `);
});
