import { argumentError, assertFields, assertFinite, assertOneOf } from '@eigengan/core';

/** By share kept (`decay`) or by images (`halfLife`). */
export type MovingAverageOptions = EmaByDecay | EmaByHalfLife;

interface SharedOptions {
  /**
   * What becomes of what is not trained but moves, batch statistics: `copied` from the generator (default, as
   * in StyleGAN2), or `averaged` as the weights are. Frozen weights are copied.
   */
  readonly statistics?: 'copied' | 'averaged' | undefined;
}

export interface EmaByDecay extends SharedOptions {
  /** Share of the average that stays at each update, in [0, 1), e.g. 0.999 (the official value). */
  readonly decay: number;
  /**
   * Whether early updates weigh more: `min(decay, (1 + t) / (10 + t))` at the 0-based update t, as
   * TensorFlow's `num_updates` has it. Default true.
   */
  readonly warmup?: boolean | undefined;
  readonly halfLife?: undefined;
  readonly rampUp?: undefined;
}

export interface EmaByHalfLife extends SharedOptions {
  /**
   * In images, above 0: after so many, half of the average is left. An update keeps `0.5^(n / halfLife)`, n
   * being the images since the last one (StyleGAN2's `ema_kimg`,
   * in images).
   */
  readonly halfLife: number;
  /**
   * Keeps the half-life below `rampUp` times the images seen before, so that the start is soon forgotten;
   * above 0, e.g. 0.05 (StyleGAN2-ADA's `ema_rampup`). Default none.
   */
  readonly rampUp?: number | undefined;
  readonly decay?: undefined;
  readonly warmup?: undefined;
}

/** The options with every default filled in. */
export type MovingAverageSettings = { readonly statistics: 'copied' | 'averaged' } & (
  | { readonly decay: number; readonly warmup: boolean }
  | { readonly halfLife: number; readonly rampUp: number | null }
);

/** @throws ArgumentError naming the option, the rule and the value */
export function movingAverageSettings(options: MovingAverageOptions): MovingAverageSettings {
  if (typeof options !== 'object' || options === null) {
    throw argumentError('Trainer: ema', 'must be an object with decay or halfLife, or null', options);
  }
  assertFields('Trainer: ema', options, ['decay', 'warmup', 'halfLife', 'rampUp', 'statistics']);
  const { decay, warmup, halfLife, rampUp, statistics = 'copied' } = options;
  assertOneOf('Trainer: ema.statistics', statistics, ['copied', 'averaged']);
  if ((decay === undefined) === (halfLife === undefined)) {
    throw argumentError('Trainer: ema', 'must have either decay or halfLife', options);
  }
  if (halfLife === undefined) {
    assertFinite('Trainer: ema.decay', decay, { min: 0, max: 1 - 2 ** -53 });
    if (rampUp !== undefined) throw argumentError('Trainer: ema.rampUp', 'must go with halfLife', rampUp);
    return { decay, warmup: booleanOf(warmup ?? true), statistics };
  }
  assertFinite('Trainer: ema.halfLife', halfLife, { exclusiveMin: 0 });
  if (warmup !== undefined) {
    throw argumentError('Trainer: ema.warmup', 'must go with decay; halfLife has rampUp', warmup);
  }
  if (rampUp !== undefined) assertFinite('Trainer: ema.rampUp', rampUp, { exclusiveMin: 0 });
  return { halfLife, rampUp: rampUp ?? null, statistics };
}

function booleanOf(warmup: unknown): boolean {
  if (typeof warmup === 'boolean') return warmup;
  throw argumentError('Trainer: ema.warmup', 'must be true or false', warmup);
}
