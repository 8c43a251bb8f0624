import { type Loader, type RandomStream, restoreStream, seededStream, TrainingError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { AugmentationState } from './augment/augmentation';
import { stepAugmentation } from './augment/step-augmentation';
import { assertFullPrecision } from './before-training/float-precision';
import { rehearse } from './before-training/rehearsal';
import { readCheckpoint, writeCheckpoint } from './checkpoint/checkpoint';
import type { CheckpointExtra, TrainerCheckpoint } from './checkpoint/checkpoint-format';
import { configurationOf } from './checkpoint/configuration';
import { HeldState } from './checkpoint/held-state';
import { type WarmStart, type WarmStartOptions, warmStart } from './checkpoint/warm-start';
import type { Collective } from './collective/collective';
import { type Processes, processesOf } from './collective/processes';
import { Soundness } from './device/soundness';
import { DropoutMasks } from './dropout/dropout-masks';
import { MovingAverage } from './ema/moving-average';
import { type FitOptions, fit, type TrainingHistory } from './fit';
import { assertImages, assertLatents, refuseSharedWeights } from './input-checks';
import { addMetrics } from './logs/metrics';
import { ScalarLog } from './logs/scalar-log';
import { nonFiniteError, nonFiniteOf, type StepLog, type StepProgress, stepLog } from './logs/step-log';
import { Network } from './networks/network';
import { Pause } from './pause';
import { type Part, rowsOf, shareOf, wholeBatch } from './phases/part';
import type { StepContext } from './phases/step-terms';
import { isDue } from './phases/term';
import { updateNetworks } from './phases/update-networks';
import { makePlan } from './plan/make-plan';
import type { TrainingPlan } from './plan/training-plan';
import { checkedSettings, type TrainerOptions, type TrainerSettings } from './trainer-options';
import { Turns } from './turns';
import { UnderWay } from './under-way';
import { listed } from './watch/non-finite-error';
import { watchedRun } from './watch/watched-run';

/**
 * Adversarial training of a generator and a discriminator on whatever backend is in use.
 *
 * One step is: an update of D by the adversarial loss, the penalties that are due and its own
 * regularisation losses; an update of G, by the updated D, on the same latents; the moving average of G.
 *
 * @throws ArgumentError when an option breaks a rule, naming it
 */
export class Trainer {
  readonly #settings: TrainerSettings;
  readonly #generator: Network;
  readonly #discriminator: Network;
  readonly #ema: MovingAverage | null;
  readonly #masks: DropoutMasks;
  readonly #augmentation: AugmentationState | null;
  readonly #pause = new Pause();
  readonly #processes: Processes | null;
  /** Whether this process has had its state from rank 0. */
  #joined = false;
  /** Steps and restores wait for one another. */
  readonly #turns = new Turns();
  #latentStream: RandomStream;
  /** Updates, and the reading of what they log. */
  readonly #underWay = new UnderWay();
  #step = 0;
  #images = 0;
  #rehearsed = false;
  readonly #soundness: Soundness;

  constructor(options: TrainerOptions) {
    this.#settings = checkedSettings(options);
    const { generator, discriminator, optimizers, ema, augment, seed, collective } = this.#settings;
    this.#processes = processesOf(collective);
    this.#generator = new Network('generator', generator, optimizers.generator);
    this.#discriminator = new Network('discriminator', discriminator, optimizers.discriminator);
    refuseSharedWeights(this.#generator, this.#discriminator);
    this.#ema = ema === null ? null : new MovingAverage(generator, ema);
    this.#masks = new DropoutMasks({ generator, discriminator }, seed, collective?.rank ?? 0);
    this.#augmentation = augment?.create() ?? null;
    // Last, so that what is refused leaves no tensors.
    this.#generator.prepare();
    this.#discriminator.prepare();
    this.#soundness = new Soundness();
    this.#latentStream = seededStream(seed, 'latents');
  }

  /** Steps done. */
  get stepCount(): number {
    return this.#step;
  }

  /** Real images seen. */
  get imageCount(): number {
    return this.#images;
  }

  get generator(): tfl.LayersModel {
    return this.#settings.generator;
  }

  get discriminator(): tfl.LayersModel {
    return this.#settings.discriminator;
  }

  /** The processes that it trains with; null when it is alone. */
  get collective(): Collective | null {
    return this.#settings.collective;
  }

  /**
   * The generator to sample from: the moving average, a model of its own that later steps go on changing;
   * without an average (`ema: null`) the generator itself.
   */
  get emaGenerator(): tfl.LayersModel {
    return this.#ema?.model ?? this.generator;
  }

  /**
   * One step on a batch of real images, `[batch, height, width, channels]` in [-1, 1], which stays the
   * caller's. Before the first one every term is differentiated once without changing anything.
   *
   * The log: `step` (steps done, this one included), `images` (seen so far), `d_loss` (`d_real + d_fake`),
   * `d_real` and `d_fake` (absent with a loss that does not come apart, a relativistic one), `g_loss`
   * (adversarial; absent when G was not due), `penalty_evaluated` (how many penalties were due), `penalty`
   * (the sum of their unweighted values; absent when none was), with several penalties `penalty/<name>` too,
   * with `augment` the `augment_rt` (mean of `sign(D(real))`) and what the augmentation adds, e.g.
   * `augment_p`, `g_regularization` and `d_regularization` (unweighted; where a model has such losses and they
   * were due), `d_learning_rate` and `g_learning_rate` (where the rate follows a schedule and the network was
   * updated), and the `metrics`. All are values before the update they belong to.
   *
   * A step that is asked for while another one, or a `restore`, is under way begins after it.
   *
   * @throws ArgumentError when the images are not what the discriminator takes
   * @throws TrainingError before step 1, when a layer has no gradient on this backend; later, when a loss is
   * not finite, or the device has lost its memory: the weights are then spoiled, `checkpoint` refuses, and
   * `restore` makes them good
   */
  step(images: tf.Tensor): Promise<StepLog> {
    return this.#turns.take(() => this.#takeStep(images));
  }

  /**
   * Steps until `steps` are done in all, on a loader's batches, which it disposes of.
   *
   * @throws TrainingError when a loss is not finite; what `options.signal` is aborted with, when it is an
   * Error: a device that was lost. The checkpoints already handed out are good
   */
  fit(loader: Loader<tf.Tensor>, options: FitOptions): Promise<TrainingHistory> {
    return fit(this, loader, options, {
      fail: (failure) => this.#soundness.fail(failure),
      pause: this.#pause,
      processes: this.#processes,
      watched: watchedRun(this.#settings, this.#soundness.canary),
    });
  }

  /** Lets `fit` wait after the step under way, until `resume` is called or its signal is aborted. */
  pause(): void {
    this.#pause.begin();
  }

  /** Ends a pause. */
  resume(): void {
    this.#pause.end();
  }

  /** Whether `pause` was called and `resume` not yet. */
  get paused(): boolean {
    return this.#pause.active;
  }

  /**
   * What a run would be: parameters, updates, memory and speed, from steps that are taken and undone (two of
   * each kind, the second timed). Nothing of the run changes.
   *
   * @param images a batch as `step` takes it, any values; it stays the caller's
   * @throws ArgumentError, TrainingError as `step` does
   */
  plan(images: tf.Tensor): Promise<TrainingPlan> {
    return this.#turns.take(async () => {
      this.#soundness.assert('plan');
      const batch = assertImages('Trainer.plan', images, this.discriminator);
      return this.#underWay.during(() =>
        this.#undoing((take) => makePlan(this.#settings, this.#parts(), batch, take), images),
      );
    });
  }

  /**
   * The whole state as the bytes of a safetensors file: both networks, the average, the optimizers, the
   * stream of the latents. Taken at the moment of the call, or after the updates that are just under way:
   * later steps do not mix in.
   *
   * @throws TrainingError when a weight is not finite, naming it, and when the device has lost its memory
   */
  async checkpoint(extra: CheckpointExtra = {}): Promise<Uint8Array> {
    // Not awaited without need: it is of the moment of the call.
    if (this.#underWay.active) await this.#underWay.over();
    return this.#write(extra);
  }

  /**
   * Goes on from a checkpoint, bit for bit, on the backend that is in use now: after the loss of a device
   * that may be another one. Everything is checked before anything is changed.
   *
   * @returns what else the checkpoint holds, `loader` (for `loader.restore`) above all
   * @throws FormatError naming what is missing, too many, of another shape, or configured otherwise
   */
  restore(bytes: Uint8Array): Promise<TrainerCheckpoint> {
    return this.#turns.take(async () => this.#assign(bytes));
  }

  /**
   * Begins a new run, before its first step, with the weights of another one, whatever its configuration: those
   * of the checkpoint (or safetensors file of weights) that fit by role and shape. Step, optimizers and random
   * streams stay new. The average begins at the generator that was loaded, unless `ema` is loaded too; that
   * brings its number of updates along.
   *
   * @returns what was loaded and what did not match, to be looked at
   * @throws FormatError when a network gets no weight at all; TrainingError after the first step; ArgumentError
   * when `only` names what there is not. Nothing is changed then
   */
  warmStart(bytes: Uint8Array, options: WarmStartOptions = {}): Promise<WarmStart> {
    return this.#turns.take(async () => {
      this.#soundness.assert('warmStart');
      if (this.#step > 0) {
        throw new TrainingError(
          `Trainer.warmStart: must come before the first step, got step ${this.#step}`,
          { hint: 'Make a new Trainer' },
        );
      }
      return warmStart(bytes, this.#parts(), options);
    });
  }

  /** Frees the optimizers' tensors and the average; the two models are the caller's. */
  dispose(): void {
    this.#generator.optimizer.dispose();
    this.#discriminator.optimizer.dispose();
    this.#ema?.dispose();
    this.#soundness.dispose();
  }

  #parts() {
    return {
      generator: this.#generator,
      discriminator: this.#discriminator,
      ema: this.#ema,
      augmentation: this.#augmentation,
    };
  }

  #write({ loader, scores, notes }: CheckpointExtra): Promise<Uint8Array> {
    this.#soundness.assert('checkpoint');
    const progress = {
      step: this.#step,
      images: this.#images,
      random: { latents: this.#latentStream.state() },
      configuration: configurationOf(this.#settings),
      loader,
      scores,
      notes,
    };
    return this.#soundness.wait(writeCheckpoint(this.#parts(), progress, this.#soundness.canary));
  }

  #assign(bytes: Uint8Array): TrainerCheckpoint {
    if (this.#soundness.isDisposed) this.#soundness.assert('restore');
    const checkpoint = readCheckpoint(bytes, this.#parts(), configurationOf(this.#settings));
    this.#latentStream = checkpoint.latentStream;
    checkpoint.assign();
    this.#soundness.renew();
    this.#step = checkpoint.metadata.step;
    this.#images = checkpoint.metadata.images;
    this.#joined = false;
    return checkpoint.metadata;
  }

  async #takeStep(images: tf.Tensor): Promise<StepLog> {
    this.#soundness.assert('step');
    const length = assertImages('Trainer.step', images, this.discriminator);
    const part = this.#processes === null ? wholeBatch(length) : await this.#meet(this.#processes, length);
    // A copy until the updates begin: a step that is refused has drawn nothing.
    const stream = restoreStream(this.#latentStream.state());
    const latents = this.#drawLatents(part, stream);
    const log = new ScalarLog();
    try {
      if (!this.#rehearsed) {
        await this.#soundness.wait(this.#rehearse(images, latents));
        // It may have been disposed of meanwhile.
        this.#soundness.assert('step');
      }
      const { metrics } = this.#settings;
      addMetrics(metrics, log.share(shareOf(part)));
      this.#latentStream = stream;
      return await this.#underWay.during(async () => {
        const progress = await this.#update(images, part, latents, log);
        const values = await this.#soundness.read(log, progress.step);
        const record = stepLog(progress, (await this.#processes?.sumByName(values)) ?? values);
        const broken = nonFiniteOf(record, metrics);
        if (broken !== null) {
          this.#soundness.spoil(`step ${progress.step} gave ${listed(broken)}`);
          throw nonFiniteError(progress.step, broken);
        }
        this.#augmentation?.observe(record.augment_rt ?? 0, part.of);
        return record;
      });
    } finally {
      log.dispose();
      tf.dispose(latents);
    }
  }

  /** Lets `work` take steps on `images`, and puts everything back. */
  async #undoing<T>(
    work: (take: (step: number) => Promise<StepLog>) => Promise<T>,
    images: tf.Tensor,
  ): Promise<T> {
    for (const network of [this.#generator, this.#discriminator]) {
      network.optimizer.prepare(network.trainableWeights());
    }
    const held = new HeldState(this.#parts());
    const [step, seen, stream] = [this.#step, this.#images, this.#latentStream.state()];
    try {
      return await work((number) => {
        this.#step = number;
        return this.#takeStep(images);
      });
    } finally {
      if (!this.#soundness.isDisposed) held.restore();
      held.release();
      this.#step = step;
      this.#images = seen;
      this.#latentStream = restoreStream(stream);
      this.#joined = false;
      await this.#soundness.putBack('Trainer.plan');
    }
  }

  /** Says which images of the batch are this process's. All begin with the state of rank 0. */
  async #meet(processes: Processes, length: number): Promise<Part> {
    const { part, anyNew } = await processes.meet(length, !this.#joined);
    if (anyNew) {
      const bytes = await processes.share(() => this.#write({}));
      if (!processes.isFirst) this.#assign(bytes);
      this.#joined = true;
    }
    return part;
  }

  /** Those of a part among those of the whole batch. */
  #drawLatents(part: Part, stream: RandomStream): tf.Tensor[] {
    return tf.tidy(() => {
      const latents = this.#settings.latents(part.of, stream);
      assertLatents(latents, this.generator, part.of);
      return latents.map((tensor) => rowsOf(tensor, part, wholeBatch(part.of)));
    });
  }

  #context(log: ScalarLog): StepContext {
    return {
      masks: this.#masks.ofStep(this.#step),
      augment: stepAugmentation(this.#augmentation, this.#settings.seed, this.#step),
      settings: this.#settings,
      generator: this.#generator,
      discriminator: this.#discriminator,
      step: this.#step,
      log,
    };
  }

  async #rehearse(images: tf.Tensor, latents: tf.Tensor[]): Promise<void> {
    await this.#soundness.canary.verify('Trainer.step');
    const { halfPrecision, augment } = this.#settings;
    if (!halfPrecision) await assertFullPrecision();
    // Pixels are counted through, which 16 bits can up to 2048 only.
    else if (augment !== null) await assertFullPrecision('Choose another backend, or leave augment out');
    const log = new ScalarLog();
    try {
      await rehearse(this.#context(log), images, latents);
    } finally {
      log.dispose();
    }
    this.#rehearsed = true;
  }

  /** The updates of one step. Whatever throws in here leaves the state half updated. */
  async #update(images: tf.Tensor, part: Part, latents: tf.Tensor[], log: ScalarLog): Promise<StepProgress> {
    const step = this.#step;
    const processes = this.#processes;
    const freshLatents = () => this.#drawLatents(part, this.#latentStream);
    this.#soundness.spoil(`step ${step + 1} threw half way`);
    const generatorMoved = await updateNetworks(
      this.#context(log),
      { part, real: images, latents, freshLatents },
      processes?.sum ?? null,
    );
    if (processes !== null) {
      const statistics = [this.#generator, this.#discriminator].flatMap((network) => network.statistics());
      await processes.average(statistics, shareOf(part));
    }
    this.#step++;
    this.#images += part.of;
    this.#ema?.see(part.of);
    if (generatorMoved) this.#ema?.update();
    this.#soundness.mend();
    const due = this.#settings.penalties.filter((penalty) => isDue(penalty, step));
    const scheduledRates = {
      discriminator: this.#discriminator.optimizer.scheduledRate,
      generator: generatorMoved ? this.#generator.optimizer.scheduledRate : null,
    };
    return {
      step: this.#step,
      images: this.#images,
      penaltiesEvaluated: due.length,
      scheduledRates,
      augmentation: this.#augmentation?.logged ?? {},
    };
  }
}
