import * as tf from '@tensorflow/tfjs-core';

/** The tensors that an optimizer keeps beside each weight, by slot name and role. */
export class Slots {
  readonly all: ReadonlyMap<string, Map<string, tf.Variable>>;

  constructor(readonly names: readonly string[]) {
    this.all = new Map(names.map((name) => [name, new Map<string, tf.Variable>()]));
  }

  /** The slot of a weight, zeros when it is new. */
  get(name: string, role: string, weight: tf.Variable): tf.Variable {
    const slot = this.all.get(name);
    const known = slot?.get(role);
    if (known !== undefined) return known;
    const made = tf.tidy(() => tf.variable(tf.zerosLike(weight), false));
    slot?.set(role, made);
    return made;
  }

  prepare(weights: readonly { readonly role: string; readonly variable: tf.Variable }[]): void {
    for (const name of this.names) {
      for (const { role, variable } of weights) this.get(name, role, variable);
    }
  }

  dispose(): void {
    for (const slot of this.all.values()) {
      for (const variable of slot.values()) variable.dispose();
      slot.clear();
    }
  }
}
