import type { Network } from '../networks/network';
import { isRegularized } from '../networks/regularization';
import { piecesOf, wholeBatch } from '../phases/part';
import type { TrainerSettings } from '../trainer-options';
import type { StepKind } from './step-kinds';

/** What a run will be: from the options, and from one step of each kind, timed. */
export interface TrainingPlan {
  /** Images in a batch. */
  readonly batch: number;
  readonly parameters: Readonly<Record<'generator' | 'discriminator', ParameterCount>>;
  /** In the order in which they happen. */
  readonly phases: readonly PlannedPhase[];
  /** Kinds of steps, by what is due on them. */
  readonly steps: readonly TimedStep[];
  /** The mean over all steps. */
  readonly millisecondsPerStep: number;
  /** Real images. */
  readonly imagesPerSecond: number;
  /** Of weights, optimizer state and average. */
  readonly stateBytes: number;
  /**
   * Most that tensors took at any moment of a step, state and whatever else there was included; what the
   * backend needs beside them (padding, packed filters, textures) is not in it.
   */
  readonly peakBytes: number;
}

export interface ParameterCount {
  readonly total: number;
  readonly trainable: number;
}

/** One update of one network. */
export interface PlannedPhase {
  readonly network: 'generator' | 'discriminator';
  /** In steps: it happens on every n-th. */
  readonly interval: number;
  /** In how many pieces the batch passes through it. */
  readonly pieces: number;
  readonly terms: readonly PlannedTerm[];
}

export interface PlannedTerm {
  readonly name: string;
  readonly weight: number;
  /** In updates of this phase's network: on every n-th it is added n times. */
  readonly interval: number;
}

export interface TimedStep extends StepKind {
  readonly milliseconds: number;
}

export function phasesOf(
  settings: TrainerSettings,
  networks: { readonly generator: Network; readonly discriminator: Network },
  batch: number,
): PlannedPhase[] {
  const { penalties, penaltyUpdate, microBatch, generatorInterval } = settings;
  const pieces = (size: number | null) => piecesOf(wholeBatch(batch), size).length;
  const adversarial = { name: settings.loss.name, weight: 1, interval: 1 };
  const regularization = ({ model }: Network) =>
    isRegularized(model)
      ? [{ name: 'regularization', weight: 1, interval: settings.regularizationInterval }]
      : [];
  const costs = penalties.map(({ name, weight, interval }) => ({ name, weight, interval }));
  const ofDiscriminator = [adversarial, ...regularization(networks.discriminator)];
  const d = { network: 'discriminator', interval: 1, pieces: pieces(microBatch.discriminator) } as const;
  const g: PlannedPhase = {
    network: 'generator',
    interval: generatorInterval,
    pieces: pieces(microBatch.generator),
    terms: [adversarial, ...regularization(networks.generator)],
  };
  if (penaltyUpdate === 'joint' || costs.length === 0)
    return [{ ...d, terms: [...ofDiscriminator, ...costs] }, g];
  return [{ ...d, terms: ofDiscriminator }, { ...d, pieces: pieces(microBatch.penalties), terms: costs }, g];
}

export function parametersOf({ weights }: Network): ParameterCount {
  const count = (of: Network['weights']) => of.reduce((sum, { variable }) => sum + variable.size, 0);
  return { total: count(weights), trainable: count(weights.filter((weight) => weight.trainable())) };
}
