import * as tf from '@tensorflow/tfjs-core';
import type { OptimizedWeight } from './optimizer';

/** The tensors that an optimizer keeps beside each weight, by slot name and role. */
export class Slots<Name extends string> {
  readonly all: ReadonlyMap<string, Map<string, tf.Variable>>;

  constructor(readonly names: readonly Name[]) {
    this.all = new Map(names.map((name) => [name, new Map<string, tf.Variable>()]));
  }

  /** The slot of a weight, zeros when it is new. */
  get(name: Name, { role, variable }: OptimizedWeight): tf.Variable {
    const slot = this.all.get(name);
    const known = slot?.get(role);
    if (known !== undefined) return known;
    const made = tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
    slot?.set(role, made);
    return made;
  }

  prepare(weights: readonly OptimizedWeight[]): void {
    for (const name of this.names) {
      for (const weight of weights) this.get(name, weight);
    }
  }

  forget(roles: Iterable<string>): void {
    for (const role of roles) {
      for (const slot of this.all.values()) {
        slot.get(role)?.dispose();
        slot.delete(role);
      }
    }
  }

  dispose(): void {
    for (const slot of this.all.values()) this.forget([...slot.keys()]);
  }
}
