import {
  ArgumentError,
  argumentError,
  assertFields,
  assertFinite,
  assertInteger,
  assertOneOf,
  type RandomStream,
} from '@eigengan/core';
import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Augmentation } from './augment/augmentation';
import type { Collective } from './collective/collective';
import { unseededLayers } from './dropout/unseeded-layers';
import { type MovingAverageOptions, movingAverageSettings } from './ema/moving-average-options';
import { checkMetrics, type Metrics } from './logs/metrics';
import type { AdversarialLoss } from './losses/adversarial-loss';
import type { Optimizer } from './optimizers/optimizer';
import type { PenaltyTerm } from './penalties/penalty-term';
import { type MicroBatch, type MicroBatchSizes, microBatchOf } from './phases/micro-batch';

export interface TrainerOptions {
  /** Latents in (any number of inputs), images out. It stays the caller's. */
  readonly generator: tfl.LayersModel;
  /** Images in, logits `[batch, 1]` out, without a last activation. It stays the caller's. */
  readonly discriminator: tfl.LayersModel;
  /**
   * One tensor an input of the generator, `[batch, ...]`; all randomness from `stream` alone, or a resumed
   * run is not the same run. The trainer disposes of the tensors. Called once a step, twice when G's update
   * draws its own.
   */
  readonly latents: (batch: number, stream: RandomStream) => tf.Tensor[];
  /**
   * `clippedHinge()`, `hinge()`, `nonSaturating()`, `minimax()`, `leastSquares()`, `wasserstein()`,
   * `fDivergence(...)`, `relativisticPaired()`, or one's own.
   */
  readonly loss: AdversarialLoss;
  /** Terms added to the discriminator's loss. Default none. */
  readonly penalties?: readonly PenaltyTerm[] | undefined;
  /**
   * `diffAugment()`, `adaptiveAugment()`, or one's own: what is done to images, real and generated, each time
   * before D sees them. Default null: nothing.
   */
  readonly augment?: Augmentation | null | undefined;
  /** `adam(...)`, `sgd(...)`, ... for each network. */
  readonly optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer };
  /** The generator's moving average. Default decay 0.999 with warm-up; null for none. */
  readonly ema?: MovingAverageOptions | null | undefined;
  /** Seed of every random number of the run, an integer of at least 0. */
  readonly seed: number;
  /** G (and its average) is updated on every n-th step, after the n-th update of D. In steps, default 1. */
  readonly generatorInterval?: number | undefined;
  /** Whether G's update takes the latents of D's (default, as the official code does) or draws its own. */
  readonly generatorLatents?: 'same' | 'fresh' | undefined;
  /** n, in updates of each network: its layers' regularisation losses run on 0, n, 2n, ..., times n. Default 1. */
  readonly regularizationInterval?: number | undefined;
  /** Whether the penalties are part of D's update (default) or an update of D of their own after it. */
  readonly penaltyUpdate?: 'joint' | 'separate' | undefined;
  /**
   * Images that pass through the networks at once, for all updates or for each; the gradients of a batch's
   * pieces add up to the batch's. Less memory, the same result up to rounding, unless layers see the batch
   * (batch normalisation) or draw masks. Default: the whole batch.
   */
  readonly microBatch?: number | MicroBatchSizes | undefined;
  /**
   * More numbers for each step's log, one element each, computed before its updates, read in one transfer.
   * They need not be finite. The trainer disposes of the tensors.
   */
  readonly metrics?: Metrics | undefined;
  /** Whether layers that draw random numbers of their own are refused. Default true. */
  readonly deterministic?: boolean | undefined;
  /**
   * Whether to train where numbers have 16 bits only, measured before step 1 (some phones' WebGL). Gradients
   * then underflow, and second-order gradients go unchecked. Default false: refused.
   */
  readonly halfPrecision?: boolean | undefined;
  /**
   * The processes to train with, e.g. `await openMpi()`. Each gives `step` its part of the batch; together they
   * do what one does with the whole. Default null: this process alone.
   */
  readonly collective?: Collective | null | undefined;
}

/** The options with every default filled in. */
export type TrainerSettings = {
  readonly [K in keyof Omit<TrainerOptions, 'microBatch'>]-?: Exclude<TrainerOptions[K], undefined>;
} & { readonly microBatch: MicroBatch };

/** @throws ArgumentError naming the option, the rule and the value */
export function checkedSettings(options: TrainerOptions): TrainerSettings {
  if (!hasFunctions(options)) throw argumentError('Trainer', 'needs its options', options);
  const settings: TrainerSettings = {
    generator: options.generator,
    discriminator: options.discriminator,
    latents: options.latents,
    loss: options.loss,
    optimizers: options.optimizers,
    seed: options.seed,
    penalties: options.penalties ?? [],
    augment: options.augment ?? null,
    ema: options.ema === undefined ? { decay: 0.999 } : options.ema,
    generatorInterval: options.generatorInterval ?? 1,
    generatorLatents: options.generatorLatents ?? 'same',
    regularizationInterval: options.regularizationInterval ?? 1,
    penaltyUpdate: options.penaltyUpdate ?? 'joint',
    microBatch: microBatchOf(options.microBatch, options.penaltyUpdate ?? 'joint'),
    metrics: options.metrics ?? {},
    deterministic: options.deterministic ?? true,
    halfPrecision: options.halfPrecision ?? false,
    collective: options.collective ?? null,
  };
  assertFields('Trainer', options, Object.keys(settings));
  checkParts(settings);
  assertInteger('Trainer: seed', settings.seed, { min: 0 });
  assertInteger('Trainer: generatorInterval', settings.generatorInterval, { min: 1 });
  assertInteger('Trainer: regularizationInterval', settings.regularizationInterval, { min: 1 });
  assertOneOf('Trainer: generatorLatents', settings.generatorLatents, ['same', 'fresh']);
  assertOneOf('Trainer: penaltyUpdate', settings.penaltyUpdate, ['joint', 'separate']);
  checkPenalties(settings.penalties);
  checkMetrics(settings.metrics);
  if (settings.collective !== null) checkCollective(settings.collective);
  if (settings.ema !== null) movingAverageSettings(settings.ema);
  checkShapes(settings);
  checkAugmentation(settings);
  if (settings.deterministic) refuseUnseeded(settings);
  return settings;
}

function checkParts({ generator, discriminator, latents, loss, optimizers }: TrainerSettings): void {
  for (const [name, model] of Object.entries({ generator, discriminator })) {
    if (!hasFunctions(model, 'apply', 'predict') || !Array.isArray(model.inputs)) {
      throw argumentError(`Trainer: ${name}`, 'must be a LayersModel', model);
    }
  }
  if (typeof latents !== 'function') {
    throw argumentError('Trainer: latents', 'must be a function (batch, stream) => tensors', latents);
  }
  if (!hasFunctions(loss, 'discriminator', 'generator')) {
    throw argumentError('Trainer: loss', 'must be a loss, e.g. nonSaturating()', loss);
  }
  for (const name of ['generator', 'discriminator'] as const) {
    const optimizer = hasFunctions(optimizers) ? optimizers[name] : undefined;
    if (!hasFunctions(optimizer, 'create')) {
      throw argumentError(`Trainer: optimizers.${name}`, 'must be an optimizer, e.g. adam()', optimizer);
    }
  }
}

function checkCollective(collective: Collective): void {
  if (!hasFunctions(collective, 'allReduce', 'broadcast')) {
    throw argumentError('Trainer: collective', 'must be a collective, e.g. await openMpi()', collective);
  }
  assertInteger('Trainer: collective.size', collective.size, { min: 1 });
  assertInteger('Trainer: collective.rank', collective.rank, { min: 0, max: collective.size - 1 });
}

/** Whether a value, whatever its type says, is an object with these functions. */
function hasFunctions(value: unknown, ...names: string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === 'function')
  );
}

function checkPenalties(penalties: readonly PenaltyTerm[]): void {
  if (!Array.isArray(penalties)) throw argumentError('Trainer: penalties', 'must be an array', penalties);
  const names = new Set<string>();
  for (const penalty of penalties) {
    if (!hasFunctions(penalty, 'evaluate')) {
      throw argumentError(
        'Trainer: penalties',
        "each must be a penalty, e.g. zeroCentred({ at: 'real' })",
        penalty,
      );
    }
    const { name, weight, interval }: PenaltyTerm = penalty;
    if (names.has(name)) throw argumentError('Trainer: penalties', 'each needs a name of its own', name);
    names.add(name);
    assertFinite(`Trainer: penalty ${name}: weight`, weight);
    assertInteger(`Trainer: penalty ${name}: interval`, interval, { min: 1 });
  }
}

function checkShapes({ generator, discriminator }: TrainerSettings): void {
  const [input, ...others] = discriminator.inputs;
  if (input === undefined || others.length > 0) {
    throw argumentError('Trainer: discriminator', 'must have one input', discriminator.inputs.length);
  }
  const made = generator.outputs[0]?.shape.slice(1) ?? [];
  const wanted = input.shape.slice(1);
  const fits =
    made.length === wanted.length && made.every((size, i) => size === wanted[i] || wanted[i] === null);
  if (!fits) {
    throw argumentError(
      'Trainer: generator',
      `its images must be [${wanted.join(', ')}], as the discriminator takes them`,
      made,
    );
  }
}

function checkAugmentation({ augment, discriminator }: TrainerSettings): void {
  if (augment === null) return;
  if (!hasFunctions(augment, 'check', 'create')) {
    throw argumentError('Trainer: augment', 'must be an augmentation, e.g. diffAugment()', augment);
  }
  augment.check(discriminator.inputs[0]?.shape ?? []);
}

function refuseUnseeded({ generator, discriminator }: TrainerSettings): void {
  const found = [...unseededLayers(generator), ...unseededLayers(discriminator)];
  if (found.length === 0) return;
  throw new ArgumentError(
    `Trainer: layers must not draw random numbers of their own, got ${found.join(', ')}`,
    {
      hint:
        'Use streamDropout() for Dropout, leave them out, or pass deterministic: false and do without ' +
        'reproducible runs',
    },
  );
}
