import { assertInteger } from '@eigengan/core';
import type { StepLog } from '../step-log';
import { scalarSummary } from './event';
import type { SummarySource } from './summary-source';

export interface TensorBoardScalars {
  /** In steps, default 1. */
  readonly every?: number | undefined;
  /** Default: every number of the log but `step`, which is the axis, and `images`. */
  readonly of?: ((log: StepLog) => Readonly<Record<string, number>>) | undefined;
}

export function scalarSource({ every = 1, of = curves }: TensorBoardScalars): SummarySource {
  assertInteger('tensorBoard: scalars.every', every, { min: 1 });
  return {
    every,
    summaries: (log) => Object.entries(of(log)).map(([tag, value]) => scalarSummary(tag, value)),
  };
}

function curves({ step: _step, images: _images, ...values }: StepLog): StepLog {
  return values;
}
