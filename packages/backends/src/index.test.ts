import { expect, test } from 'vitest';
import * as backends from './index';

test('exports these names and no others', () => {
  expect(Object.keys(backends).sort()).toMatchInlineSnapshot(`
    [
      "backendNames",
      "registerCpuKernels",
      "registerWasmKernels",
      "repairGradients",
      "selfTest",
      "trainingSupport",
      "useBackend",
    ]
  `);
});
