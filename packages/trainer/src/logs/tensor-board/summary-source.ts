import type * as tfl from '@tensorflow/tfjs-layers';
import type { StepLog } from '../step-log';

/** Makes summaries of one kind, encoded, on the steps n, 2n, ... */
export interface SummarySource {
  /** n, in steps. */
  readonly every: number;
  /** Gets the generator before the first step. */
  setModel?(generator: tfl.LayersModel): void;
  summaries(log: StepLog): Uint8Array[] | Promise<Uint8Array[]>;
}
