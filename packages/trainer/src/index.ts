export { type AdamOptions, adam } from './adam';
export type { AdversarialLoss } from './adversarial-loss';
export type { TrainerCallback } from './callbacks';
export type { CheckpointExtra, TrainerCheckpoint } from './checkpoint';
export { type DivergenceName, divergenceNames, type FDivergenceOptions, fDivergence } from './f-divergence';
export type { FitCheckpoint, FitOptions, TrainingHistory } from './fit';
export {
  type GradientPenaltyOptions,
  lipschitz,
  oneCentred,
  type PenaltySample,
  zeroCentred,
} from './gradient-penalty';
export type { LearningRate } from './learning-rate';
export { clippedHinge, hinge, leastSquares, nonSaturating, wasserstein } from './losses';
export type { MovingAverageOptions } from './moving-average';
export type { Optimizer, OptimizerState, Update } from './optimizer';
export type { PenaltyContext, PenaltyTerm } from './penalty-term';
export { type SgdOptions, sgd } from './sgd';
export type { StepLog } from './step-log';
export { StreamDropout, type StreamDropoutArgs, streamDropout } from './stream-dropout';
export { Trainer } from './trainer';
export type { TrainerOptions } from './trainer-options';
