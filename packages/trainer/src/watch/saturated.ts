import { assertFields, assertFinite } from '@eigengan/core';
import { shortNumber } from './training-event';
import { assertPace, type Watcher } from './watcher';

export interface SaturatedOptions {
  /** Threshold of the mean |d_loss|, in the loss's unit. Default 1e-3. */
  readonly below?: number | undefined;
  /** In steps: it looks at the mean over the last so many, after each so many. Default 100. */
  readonly every?: number | undefined;
  /** Whether the event ends `fit`. Default false. */
  readonly stop?: boolean | undefined;
}

const hint =
  'The discriminator tells real and generated images apart without fail (with a Wasserstein loss: not at all), ' +
  'and the generator learns nothing from it: lower its learning rate, or add or strengthen a gradient penalty';

/**
 * Tells when the discriminator's loss stays at zero. Of no cost: it reads the log.
 *
 * Its events, of kind `saturated`, have the numbers `d_loss` (the mean of |d_loss|) and `g_loss` (the mean).
 *
 * @throws ArgumentError when an option is out of its range
 */
export function saturated({
  below = 1e-3,
  every = 100,
  stop = false,
  ...others
}: SaturatedOptions = {}): Watcher {
  const kind = 'saturated';
  assertFields(kind, others, ['below', 'every', 'stop']);
  assertFinite(`${kind}: below`, below, { exclusiveMin: 0 });
  assertPace(kind, { every, stop });
  return {
    kind,
    every,
    stop,
    begin: () => {
      const window: { d: number; g: number | undefined }[] = [];
      return {
        see: ({ log }) => {
          window.push({ d: Math.abs(log.d_loss ?? Number.NaN), g: log.g_loss });
          if (window.length > every) window.shift();
        },
        look: () => {
          const d = meanOf(window.map((losses) => losses.d));
          if (window.length < every || !(d < below)) return null;
          // Steps without an update of G have none.
          const g = meanOf(window.flatMap((losses) => losses.g ?? []));
          return {
            message: `the discriminator's loss was ${shortNumber(d)} on average over ${every} steps, below ${below}`,
            hint,
            about: [],
            numbers: { d_loss: d, g_loss: g },
          };
        },
      };
    },
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
