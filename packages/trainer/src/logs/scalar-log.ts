import * as tf from '@tensorflow/tfjs-core';
import { type DeviceCanary, readDevice } from '../device/device-canary';

/** What takes down a step's numbers. */
export interface Log {
  /** Keeps a copy of `scalar`, of whatever type, and returns `scalar`. Twice the same name: summed. */
  add<T extends tf.Tensor>(name: string, scalar: T): T;
}

/** Collects scalars on the device and reads them all in one transfer. */
export class ScalarLog implements Log {
  readonly #scalars = new Map<string, tf.Tensor>();

  /** A log of means over a part of the batch, which that share of goes into this one. */
  share(share: number): Log {
    if (share === 1) return this;
    return {
      add: (name, scalar) => {
        this.add(name, tf.mul(tf.cast<tf.Tensor>(scalar, 'float32'), share));
        return scalar;
      },
    };
  }

  add<T extends tf.Tensor>(name: string, scalar: T): T {
    const before = this.#scalars.get(name);
    // Of one type all: joined with an int32 they would be cut to integers.
    const value = tf.cast<tf.Tensor>(scalar, 'float32');
    const kept = tf.keep(before === undefined ? value : tf.add(before, value));
    before?.dispose();
    this.#scalars.set(name, kept);
    return scalar;
  }

  /**
   * The values by name, in the order they came.
   *
   * @throws TrainingError when the device that holds them has lost its memory
   */
  async read(canary: DeviceCanary): Promise<Map<string, number>> {
    const names = [...this.#scalars.keys()];
    return readDevice('Trainer.step', async () => {
      const stacked = tf.tidy(() => {
        const scalars = [...this.#scalars.values()].map((scalar) => tf.reshape(scalar, [1]));
        return tf.concat([...scalars, canary.sample()]);
      });
      try {
        const values = await stacked.data();
        canary.check('Trainer.step', values.subarray(names.length));
        return new Map(names.map((name, i) => [name, values[i] ?? Number.NaN]));
      } finally {
        stacked.dispose();
      }
    });
  }

  dispose(): void {
    for (const scalar of this.#scalars.values()) scalar.dispose();
    this.#scalars.clear();
  }
}
