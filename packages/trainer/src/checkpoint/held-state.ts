import { HeldVariables } from '../networks/held-variables';
import { type TrainerParts, tensorsOf } from './checkpoint-tensors';

/** Tensors and counters of a trainer at one moment: references, no copies, until `release`. */
export class HeldState {
  readonly #tensors: HeldVariables;
  readonly #numbers: readonly (() => void)[];

  constructor(parts: TrainerParts) {
    const { generator, discriminator, ema, augmentation } = parts;
    this.#tensors = new HeldVariables(tensorsOf(parts).values());
    const counts = ema?.counts;
    const augmented = augmentation?.numbers ?? {};
    this.#numbers = [
      ...[generator, discriminator].map(({ optimizer }) => {
        const { numbers } = optimizer;
        return () => {
          optimizer.numbers = numbers;
        };
      }),
      () => {
        if (ema !== null && counts !== undefined) ema.counts = counts;
        if (augmentation !== null) augmentation.numbers = augmented;
      },
    ];
  }

  /** Puts everything back. */
  restore(): void {
    this.#tensors.restore();
    for (const putBack of this.#numbers) putBack();
  }

  release(): void {
    this.#tensors.release();
  }
}
