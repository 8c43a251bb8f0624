import fc from 'fast-check';
import { environment } from '../backends/environment';

/** The seed of all properties: one change after another is tried with the same cases. `FUZZ_SEED` names another. */
const seed = Number(environment('FUZZ_SEED') || 1);
if (!Number.isInteger(seed)) {
  throw new Error(`FUZZ_SEED: must be an integer, got ${environment('FUZZ_SEED')}`);
}
fc.configureGlobal({ seed });
