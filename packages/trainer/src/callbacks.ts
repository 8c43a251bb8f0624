import type * as tfl from '@tensorflow/tfjs-layers';
import type { StepLog } from './logs/step-log';
import type { TrainingEvent } from './watch/training-event';

/**
 * Callbacks as tfjs users know them (`tf.CustomCallbackArgs`, or an instance of `tf.Callback`); a batch is a
 * step, and there are no epochs. Each is awaited.
 */
export interface TrainerCallback {
  /** Gets `{ steps }`, the total to reach. */
  setParams?(params: { steps: number }): void;
  /** Gets the generator; setting its `stopTraining` ends `fit` after the step. */
  setModel?(model: tfl.LayersModel): void;
  onTrainBegin?(): void | Promise<void>;
  /** `step` is 0-based. */
  onBatchBegin?(step: number): void | Promise<void>;
  /** `step` is 0-based; `logs.step` counts the steps done, so it is one more. */
  onBatchEnd?(step: number, logs: StepLog): void | Promise<void>;
  /** Gets what was noticed about the run, after `onBatchEnd` of all callbacks. */
  onEvent?(event: TrainingEvent): void | Promise<void>;
  /** Called when `fit` ends well, is stopped or aborted; not when something throws. */
  onTrainEnd?(): void | Promise<void>;
}
