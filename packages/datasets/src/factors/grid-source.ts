import {
  argumentError,
  assertFields,
  assertInteger,
  assertOneOf,
  type RandomStream,
  seededStream,
} from '@eigengan/core';
import { type ImageSize, imageSize } from '../image-size';
import { assertFactors } from './assert-factors';
import { factorGrid, randomValues, type ValueOf } from './factor-grid';
import { type FactorRanges, type FactorSource, type FactorValues, factorSource } from './factor-source';

export interface GridSourceOptions {
  /** Pixels a side, or [height, width]; at least 8. */
  readonly size: ImageSize;
  /** How many pictures; by default 20,000 in random order, all combinations of the values in the grid's. */
  readonly length?: number | undefined;
  /** Which pictures, in random order; 0 by default. */
  readonly seed?: number | undefined;
  /**
   * `random` (the default) draws each factor of each picture, by seed and index alone; `grid` goes through all
   * combinations of the values, the last factor changing fastest.
   */
  readonly order?: 'random' | 'grid' | undefined;
  /** Draws the factors from their whole ranges, not from the grid's values; false by default. */
  readonly continuous?: boolean | undefined;
}

/** Pictures whose factors have a grid of values. */
export interface GridDrawing<Factors> {
  /** The source's name in errors, and that of its random stream. */
  readonly name: string;
  readonly channels: number;
  readonly ranges: FactorRanges<Factors>;
  /** The factors in the grid's order, the one that changes fastest last. */
  readonly values: FactorValues<Factors>;
  /** The factors that take whole numbers only. */
  readonly whole: readonly (keyof Factors)[];
  compose(pick: ValueOf<keyof Factors & string>): Factors;
  render(factors: Factors, height: number, width: number): Uint8Array;
}

/** @throws ArgumentError for options that are unknown, out of range, or without meaning in the grid's order */
export function gridSource<Factors extends object>(
  drawing: GridDrawing<Factors>,
  options: GridSourceOptions,
): FactorSource<Factors> {
  const { name, channels, ranges, values, compose, render } = drawing;
  if (typeof options !== 'object' || options === null) {
    throw argumentError(name, 'needs options with a size, e.g. { size: 64 }', options);
  }
  assertFields(name, options, ['size', 'length', 'seed', 'order', 'continuous']);
  const { size, seed = 0, order = 'random', continuous = false } = options;
  const [height, width] = imageSize(`${name}: size`, size);
  assertOneOf(`${name}: order`, order, ['random', 'grid']);
  assertInteger(`${name}: seed`, seed, { min: 0 });
  if (typeof continuous !== 'boolean') {
    throw argumentError(`${name}: continuous`, 'must be true or false', continuous);
  }
  if (order === 'grid' && (continuous || options.seed !== undefined)) {
    const stray = continuous ? 'continuous' : 'seed';
    throw argumentError(`${name}: ${stray}`, "must be left out in the grid's order", options[stray]);
  }
  const grid = factorGrid(values);
  const { length = order === 'grid' ? grid.length : 20_000 } = options;
  assertInteger(`${name}: length`, length, { min: 1, max: order === 'grid' ? grid.length : 0xffffffff });

  const drawnFrom = (stream: RandomStream): ValueOf<keyof Factors & string> => {
    const ofValues = randomValues(values, stream);
    return (factor) => {
      if (!continuous || drawing.whole.includes(factor)) return ofValues(factor);
      const [min, max] = ranges[factor];
      return min + (max - min) * stream.uniform();
    };
  };
  return factorSource({
    name,
    length,
    shape: [height, width, channels],
    ranges,
    values,
    factorsAt: (index) =>
      compose(order === 'grid' ? grid.at(index) : drawnFrom(seededStream(seed, `${name}/${index}`))),
    assert: (where, factors) => assertFactors(where, factors, ranges, drawing.whole.map(String)),
    render,
  });
}
