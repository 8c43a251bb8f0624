import type { RandomStream } from '@eigengan/core';

/** Gives a value to each factor by its name. */
export type ValueOf<Name extends string> = (name: Name) => number;

/** All combinations of the values, the last factor of `values` changing fastest. */
export interface FactorGrid<Name extends string> {
  /** How many combinations there are. */
  readonly length: number;
  /** The values of combination `index`. */
  at(index: number): ValueOf<Name>;
}

export function factorGrid<Name extends string>(
  values: Readonly<Record<Name, readonly number[]>>,
): FactorGrid<Name> {
  // How many combinations pass before the factor changes.
  const strides = new Map<string, number>();
  let length = 1;
  for (const [name, { length: count }] of Object.entries<readonly number[]>(values).reverse()) {
    strides.set(name, length);
    length *= count;
  }
  return {
    length,
    at: (index) => (name) => {
      const passed = Math.floor(index / (strides.get(name) ?? 1));
      return values[name][passed % values[name].length] ?? Number.NaN;
    },
  };
}

/** Draws each factor from its values, all equally likely. */
export function randomValues<Name extends string>(
  values: Readonly<Record<Name, readonly number[]>>,
  stream: RandomStream,
): ValueOf<Name> {
  return (name) => values[name][stream.integer(values[name].length)] ?? Number.NaN;
}

/** `count` values from `first` to `last`, evenly spaced. */
export function evenly(count: number, first: number, last: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1));
}

/** Ten hues around the circle; 1 would be the first again. */
export const tenHues: readonly number[] = Array.from({ length: 10 }, (_, i) => i / 10);
