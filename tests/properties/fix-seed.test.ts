import fc from 'fast-check';
import { expect, it } from 'vitest';
import { environment } from '../backends/environment';

const draw = (parameters = {}) => fc.sample(fc.nat(), { numRuns: 20, ...parameters });

it('draws the cases of properties from one seed, the default one or FUZZ_SEED', () => {
  expect(draw()).toEqual(draw({ seed: Number(environment('FUZZ_SEED') || 1) }));
});

it('prints the seed of a property that fails', () => {
  const failing = () => fc.assert(fc.property(fc.nat(), (n) => n < 0));
  expect(failing).toThrow(`seed: ${environment('FUZZ_SEED') || 1}`);
});
