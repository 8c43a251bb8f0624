import { type xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { assertInteger } from './assertions';
import { argumentError } from './errors';

/** A reproducible sequence of random numbers whose whole state is four integers. */
export interface RandomStream {
  /** The next number of the uniform distribution on [0, 1), with 53 random bits. */
  uniform(): number;
  /** The next number of the standard normal distribution. */
  normal(): number;
  /** The next integer of 0 .. bound - 1, each equally likely. `bound` is at most 2^32. */
  integer(bound: number): number;
  /** What `restoreStream` goes on from; plain numbers, fit for JSON. */
  state(): readonly number[];
}

/**
 * A stream of its own for each pair of seed and name, so that drawing more of one moves no other.
 *
 * @param seed integer, 0 .. 2^53 - 1
 * @throws ArgumentError when the seed is not such an integer
 */
export function seededStream(seed: number, name: string): RandomStream {
  assertInteger('seed', seed, { min: 0 });
  return streamOf(xoroshiro128plusFromState(hash128(`${seed}/${name}`)));
}

/**
 * A stream that goes on where `stream.state()` was taken.
 *
 * @throws ArgumentError when the state is not four 32-bit integers, not all zero
 */
export function restoreStream(state: readonly number[]): RandomStream {
  const fits = Array.isArray(state) && state.length === 4 && state.every((word) => (word | 0) === word);
  if (!fits || state.every((word) => word === 0)) {
    throw argumentError('restoreStream', 'state must be four 32-bit integers, not all zero', state);
  }
  return streamOf(xoroshiro128plusFromState(state));
}

function streamOf(generator: ReturnType<typeof xoroshiro128plus>): RandomStream {
  const uniform = () => {
    // The top 26 and 27 bits: the generator's lowest bits are its weakest.
    const high = generator.next() >>> 6;
    const low = generator.next() >>> 5;
    return (high * 2 ** 27 + low) * 2 ** -53;
  };
  return {
    uniform,
    // Box-Muller, one of its two values, so that the state is the generator's alone. 1 - u is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (bound) => {
      assertInteger('RandomStream.integer', bound, { min: 1, max: 2 ** 32 });
      return Math.floor(uniform() * bound);
    },
    state: () => [...generator.getState()],
  };
}

/** 128 well mixed bits of a text: FNV-1a from four bases, each finished as MurmurHash3 does. */
function hash128(text: string): number[] {
  return [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((basis) => {
    let h = basis;
    for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) | 0;
  });
}
