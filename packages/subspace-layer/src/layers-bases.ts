import { argumentError } from '@eigengan/core';
import type { serialization } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

// tfjs-layers exports instances and types of these, not the classes, and stock layers accept only objects
// that extend the real ones. A base is the class one step above that of a stock instance.

/** The abstract base of tf.layers constraints. */
export type Constraint = ReturnType<typeof tfl.constraints.nonNeg>;
/** The abstract base of tf.layers regularisers. */
export type Regularizer = ReturnType<typeof tfl.regularizers.l2>;
/** The abstract base of tf.layers initialisers. */
export type Initializer = ReturnType<typeof tfl.initializers.constant>;
/** What every tf.layers layer can be given: `name`, `trainable`, `inputShape`, ... */
export type LayerArgs = NonNullable<ConstructorParameters<typeof tfl.layers.Layer>[0]>;

/** An object, its serialised form `{ className, config }`, or the name of a stock one. */
export type Identifier<T> = T | string | serialization.ConfigDict;

type Base<T> = (abstract new () => T) & Pick<typeof serialization.Serializable, 'fromConfig'>;

const baseOf = <T>(stock: T): Base<T> => Object.getPrototypeOf(Object.getPrototypeOf(stock)).constructor;

export const ConstraintBase: Base<Constraint> = baseOf(tfl.constraints.nonNeg());
export const RegularizerBase: Base<Regularizer> = baseOf(tfl.regularizers.l2({ l2: 1 }));
export const InitializerBase: Base<Initializer> = baseOf(tfl.initializers.constant({ value: 0 }));

/** The constraint that tf.layers makes of `identifier`; `where` names the option in the error. */
export const resolveConstraint = (where: string, identifier: Identifier<Constraint>) =>
  resolve(where, 'kernelConstraint', identifier, ConstraintBase);

/** The regulariser that tf.layers makes of `identifier`; `where` names the option in the error. */
export const resolveRegularizer = (where: string, identifier: Identifier<Regularizer>) =>
  resolve(where, 'kernelRegularizer', identifier, RegularizerBase);

/** The initialiser that tf.layers makes of `identifier`; `where` names the option in the error. */
export const resolveInitializer = (where: string, identifier: Identifier<Initializer>) =>
  resolve(where, 'kernelInitializer', identifier, InitializerBase);

/** The form that tf.layers writes into `model.json` and reads back. */
export function serialized(object: Constraint | Regularizer | Initializer): serialization.ConfigDict {
  return { className: object.getClassName(), config: object.getConfig() };
}

function resolve<T>(where: string, option: string, identifier: unknown, base: Base<T>): T {
  if (identifier instanceof base) return identifier;
  let resolved: unknown;
  try {
    // The function that does it is not exported; a dense layer runs it on its options.
    resolved = Reflect.get(tfl.layers.dense({ units: 1, name: 'resolver', [option]: identifier }), option);
  } catch (cause) {
    throw argumentError(where, 'must be one that tf.layers knows', identifier, { cause });
  }
  if (resolved instanceof base) return resolved;
  throw argumentError(where, 'must be one of tf.layers, its name or its { className, config }', identifier);
}
