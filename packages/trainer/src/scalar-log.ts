import * as tf from '@tensorflow/tfjs-core';

/** Collects scalars on the device and reads them all in one transfer. */
export class ScalarLog {
  readonly #scalars = new Map<string, tf.Tensor>();

  /** Keeps a copy of `scalar`, of whatever type, and returns `scalar`. Twice the same name: summed. */
  add<T extends tf.Tensor>(name: string, scalar: T): T {
    const before = this.#scalars.get(name);
    // Of one type all: joined with an int32 they would be cut to integers.
    const value = tf.cast<tf.Tensor>(scalar, 'float32');
    const kept = tf.keep(before === undefined ? value : tf.add(before, value));
    before?.dispose();
    this.#scalars.set(name, kept);
    return scalar;
  }

  /** The values by name, in the order they came. */
  async read(): Promise<Map<string, number>> {
    const names = [...this.#scalars.keys()];
    if (names.length === 0) return new Map();
    const stacked = tf.tidy(() =>
      tf.concat([...this.#scalars.values()].map((scalar) => tf.reshape(scalar, [1]))),
    );
    try {
      const values = await stacked.data();
      return new Map(names.map((name, i) => [name, values[i] ?? Number.NaN]));
    } finally {
      stacked.dispose();
    }
  }

  dispose(): void {
    for (const scalar of this.#scalars.values()) scalar.dispose();
    this.#scalars.clear();
  }
}
