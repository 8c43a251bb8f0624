import { type Optimizer, Trainer, type TrainerOptions } from '@eigengan/trainer';

/** Milliseconds of a step and of its two updates; the making of the fakes, which they share, is in both. */
export interface StepTimes {
  readonly step: number;
  readonly discriminator: number;
  readonly generator: number;
}

/**
 * A trainer whose steps' time is split: they make the fakes, update D on them, then let the updated D judge
 * them and update G. Watches what the trainer calls: D's first use in a step ends the making of the
 * fakes, D's optimizer ends D's update. Kernels must be done when they return, as on wasm and tensorflow.
 */
export class StepClock {
  readonly trainer: Trainer;
  #fakesMade: number | undefined;
  #discriminatorUpdated: number | undefined;

  constructor(options: TrainerOptions) {
    const { optimizers } = options;
    const discriminator = this.#watched(optimizers.discriminator);
    this.trainer = new Trainer({ ...options, optimizers: { ...optimizers, discriminator } });
    const model = this.trainer.discriminator;
    const apply = model.apply.bind(model);
    // Only now: with an apply that is not tfjs's, a trainer lets D judge reals and fakes one after the other.
    model.apply = (...inputs) => {
      this.#fakesMade ??= performance.now();
      return apply(...inputs);
    };
  }

  #watched(optimizer: Optimizer): Optimizer {
    return {
      ...optimizer,
      create: () => {
        const state = optimizer.create();
        const apply = state.apply.bind(state);
        state.apply = (updates) => {
          apply(updates);
          this.#discriminatorUpdated = performance.now();
        };
        return state;
      },
    };
  }

  /** Takes a step. */
  async time(images: Parameters<Trainer['step']>[0]): Promise<StepTimes> {
    this.#fakesMade = undefined;
    this.#discriminatorUpdated = undefined;
    const start = performance.now();
    await this.trainer.step(images);
    const end = performance.now();
    if (this.#fakesMade === undefined || this.#discriminatorUpdated === undefined) {
      throw new Error('StepClock: the trainer must apply D and its optimizer, but it did not');
    }
    return {
      step: end - start,
      discriminator: this.#discriminatorUpdated - start,
      generator: this.#fakesMade - start + (end - this.#discriminatorUpdated),
    };
  }
}
