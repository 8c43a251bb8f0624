import { assertFinite, assertInteger } from '@eigengan/core';
import type { Schedule } from './learning-rate';

export interface OfficialScheduleOptions {
  /** Updates of one network in an epoch, at least 1: in the official code, batches of the data set / (n_d + 1). */
  readonly updatesPerEpoch: number;
  /** `learning_rate`, at least 0. Default 1e-4. */
  readonly initial?: number | undefined;
  /** `n_epochs`: the run's length, at least 1. Default 160. */
  readonly epochs?: number | undefined;
  /** `epoch_start_decay`: the first epoch (0-based) below `initial`. Default `epochs`: constant. */
  readonly startDecay?: number | undefined;
}

/**
 * The official code's `LinearDecayLR`: the rate is constant within an epoch; it is `initial` before epoch
 * `startDecay`, and then `initial * (1 - (epoch - startDecay + 1) / (epochs - startDecay + 1))`, so that it
 * would be 0 in epoch `epochs`, the first that is no longer run, and stays 0 after it.
 */
export function officialSchedule({
  updatesPerEpoch,
  initial = 1e-4,
  epochs = 160,
  startDecay = epochs,
}: OfficialScheduleOptions): Schedule {
  assertInteger('officialSchedule: updatesPerEpoch', updatesPerEpoch, { min: 1 });
  assertFinite('officialSchedule: initial', initial, { min: 0 });
  assertInteger('officialSchedule: epochs', epochs, { min: 1 });
  assertInteger('officialSchedule: startDecay', startDecay, { min: 0, max: epochs });
  return (update) => {
    const epoch = Math.floor(update / updatesPerEpoch);
    const over = (epoch - startDecay + 1) / (epochs - startDecay + 1);
    return initial * (1 - Math.min(1, Math.max(0, over)));
  };
}
