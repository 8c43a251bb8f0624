import { assertInteger } from '@eigengan/core';

/** A given seed, checked, or one drawn at random, so that two objects without a seed differ. */
export function resolveSeed(where: string, seed: number | undefined): number {
  if (seed === undefined) return Math.floor(Math.random() * 2 ** 32);
  assertInteger(where, seed, { min: 0 });
  return seed;
}
