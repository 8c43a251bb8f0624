export { type AdaptiveAugmentOptions, adaptiveAugment } from './augment/adaptive-augment';
export type { AdaptiveTransform } from './augment/adaptive-transforms';
export type { Augmentation, AugmentationState, ImageStreams } from './augment/augmentation';
export { type DiffAugmentOptions, diffAugment } from './augment/diff-augment';
export type { TrainerCallback } from './callbacks';
export { bestCheckpoint } from './checkpoint/best-checkpoint';
export type { CheckpointExtra, TrainerCheckpoint } from './checkpoint/checkpoint-format';
export type { CheckpointStore, StoredCheckpoint } from './checkpoint/checkpoint-store';
export type {
  CheckpointToFunction,
  CheckpointToStore,
  FitCheckpoint,
  KeepBest,
} from './checkpoint/fit-checkpoint';
export { type Resumed, resumeFrom, type SkippedCheckpoint } from './checkpoint/resume-from';
export type { BestBy, Retention } from './checkpoint/retention';
export type { WarmStart, WarmStartNetwork, WarmStartOptions } from './checkpoint/warm-start';
export type { Collective } from './collective/collective';
export { StreamDropout, type StreamDropoutArgs, streamDropout } from './dropout/stream-dropout';
export type { EmaByDecay, EmaByHalfLife, MovingAverageOptions } from './ema/moving-average-options';
export type { FitOptions, TrainingHistory } from './fit';
export { type JsonlLogOptions, jsonlLog } from './logs/jsonl-log';
export type { StepLog } from './logs/step-log';
export type { TensorBoardHistograms } from './logs/tensor-board/histograms';
export type { TensorBoardImages } from './logs/tensor-board/images';
export type { TensorBoardScalars } from './logs/tensor-board/scalars';
export {
  type TensorBoardContent,
  type TensorBoardOptions,
  tensorBoard,
} from './logs/tensor-board/tensor-board';
export type { AdversarialLoss, DiscriminatorParts, SeparableLoss } from './losses/adversarial-loss';
export { clippedHinge } from './losses/clipped-hinge';
export {
  type DivergenceName,
  divergenceNames,
  type FDivergenceOptions,
  fDivergence,
} from './losses/f-divergence';
export { hinge } from './losses/hinge';
export { leastSquares } from './losses/least-squares';
export { minimax } from './losses/minimax';
export { nonSaturating } from './losses/non-saturating';
export {
  type RelativisticCost,
  type RelativisticPairedOptions,
  relativisticPaired,
} from './losses/relativistic-paired';
export { wasserstein } from './losses/wasserstein';
export { type AdadeltaOptions, adadelta } from './optimizers/adadelta';
export { type AdagradOptions, adagrad } from './optimizers/adagrad';
export { type AdamOptions, adam } from './optimizers/adam';
export { type AdamWOptions, adamW } from './optimizers/adam-w';
export { type AdamaxOptions, adamax } from './optimizers/adamax';
export { type ClippedOptions, clipped } from './optimizers/clipped';
export { type DecayedOptions, decayed } from './optimizers/decayed';
export { type LazyCorrectable, lazyCorrected } from './optimizers/lazy-corrected';
export type {
  OptimizedWeight,
  Optimizer,
  OptimizerConfiguration,
  OptimizerState,
  Update,
} from './optimizers/optimizer';
export { type RmspropOptions, rmsprop } from './optimizers/rmsprop';
export { type SgdOptions, sgd } from './optimizers/sgd';
export { tfTrain } from './optimizers/tf-train';
export type { GradientPenaltyOptions } from './penalties/gradient-penalty';
export { lipschitz } from './penalties/lipschitz';
export { oneCentred } from './penalties/one-centred';
export type { PenaltySample } from './penalties/penalty-sample';
export type { PenaltyContext, PenaltyTerm } from './penalties/penalty-term';
export { type GradientRegularizerOptions, r1, r2 } from './penalties/r1-r2';
export { zeroCentred } from './penalties/zero-centred';
export type { MicroBatchSizes } from './phases/micro-batch';
export type { Part } from './phases/part';
export { describePlan } from './plan/describe-plan';
export type { StepKind } from './plan/step-kinds';
export type {
  ParameterCount,
  PlannedPhase,
  PlannedTerm,
  TimedStep,
  TrainingPlan,
} from './plan/training-plan';
export { cosineDecay } from './schedules/cosine-decay';
export type { DecayOptions } from './schedules/decay-span';
export { type ExponentialDecayOptions, exponentialDecay } from './schedules/exponential-decay';
export type { LearningRate, Schedule } from './schedules/learning-rate';
export { linearDecay } from './schedules/linear-decay';
export { type OfficialScheduleOptions, officialSchedule } from './schedules/official-schedule';
export { warmUp } from './schedules/warm-up';
export { Trainer } from './trainer';
export type { TrainerOptions } from './trainer-options';
export { type CollapseOptions, collapse } from './watch/collapse';
export { type DeadDimensionsOptions, deadDimensions } from './watch/dead-dimensions';
export { type SaturatedOptions, saturated } from './watch/saturated';
export { type SmallDataSetOptions, smallDataSet } from './watch/small-data-set';
export { type StuckOptions, stuck } from './watch/stuck';
export type { Finding, TrainingEvent } from './watch/training-event';
export type { SeenStep, Watch, WatchedRun, Watcher } from './watch/watcher';
