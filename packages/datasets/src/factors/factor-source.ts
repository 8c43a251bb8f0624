import { assertInteger, type ImageSource } from '@eigengan/core';

/** The lowest and the highest value of each factor. */
export type FactorRanges<Factors> = Readonly<Record<keyof Factors, readonly [min: number, max: number]>>;

/** The values of each factor, in order. */
export type FactorValues<Factors> = Readonly<Record<keyof Factors, readonly number[]>>;

/**
 * Pictures that are drawn when read, each from a number per factor. Nothing but the factors varies, each is
 * independent of the others, and all are known: what a measure of disentanglement needs.
 */
export interface FactorSource<Factors> extends ImageSource {
  read(index: number): Uint8Array;
  /** What picture `index` shows. */
  factors(index: number): Factors;
  /**
   * Draws any factors at the source's size, e.g. a picture in which one of them alone changed:
   * `source.draw({ ...source.factors(0), x: 0.5 })`.
   *
   * @returns [height, width, channels] bytes, the caller's own
   * @throws ArgumentError for a factor that is missing, unknown or out of its range
   */
  draw(factors: Factors): Uint8Array;
  /** Between which values `draw` takes each factor. */
  readonly factorRanges: FactorRanges<Factors>;
  /** The values that each factor is drawn from; where it is drawn from a whole range, some evenly spaced. */
  readonly factorValues: FactorValues<Factors>;
}

/** What a source is made of; its arguments are already checked. */
export interface FactorDrawing<Factors> {
  /** The source's name in errors. */
  readonly name: string;
  readonly length: number;
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly ranges: FactorRanges<Factors>;
  readonly values: FactorValues<Factors>;
  factorsAt(index: number): Factors;
  /** @throws ArgumentError for factors that cannot be drawn */
  assert(where: string, factors: Factors): void;
  render(factors: Factors, height: number, width: number): Uint8Array;
}

export function factorSource<Factors>(drawing: FactorDrawing<Factors>): FactorSource<Factors> {
  const { name, length, shape, ranges, values, factorsAt, assert, render } = drawing;
  const [height, width] = shape;
  const factors = (index: number) => {
    assertInteger(`${name}: index`, index, { min: 0, max: length - 1 });
    return factorsAt(index);
  };
  return {
    length,
    shape,
    factorRanges: ranges,
    factorValues: values,
    factors,
    read: (index) => render(factors(index), height, width),
    draw: (any) => {
      assert(`${name}: draw`, any);
      return render(any, height, width);
    },
  };
}
