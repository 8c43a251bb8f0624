import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** A tf.layers initialiser; the package does not export the type. */
export type Initializer = ReturnType<typeof tfl.initializers.zeros>;

/** What every tf.layers layer can be given: `name`, `trainable`, ... */
export type LayerArgs = NonNullable<ConstructorParameters<typeof tfl.layers.Layer>[0]>;

/** An initialiser, or what a saved model has in its place. */
export type InitializerLike = Initializer | SerializedObject;

interface SerializedObject {
  readonly className: string;
  readonly config: tf.serialization.ConfigDict;
}

/** @throws ArgumentError when it is neither an initialiser nor of a registered class */
export function resolveInitializer(where: string, value: InitializerLike): Initializer {
  if (isInitializer(value)) return value;
  const entry = tf.serialization.SerializationMap.getMap().classNameMap[value.className];
  const built = entry === undefined ? undefined : entry[1](entry[0], value.config);
  if (isInitializer(built)) return built;
  throw argumentError(where, 'must be an initializer, or { className, config } of a registered one', value);
}

/** The form a saved model has it in. */
export function serializeInitializer(initializer: Initializer): tf.serialization.ConfigDict {
  return { className: initializer.getClassName(), config: initializer.getConfig() };
}

function isInitializer(value: unknown): value is Initializer {
  return typeof value === 'object' && value !== null && 'apply' in value && 'getConfig' in value;
}

/** `layer.apply` on symbolic tensors, which always gives one. */
export function connect(
  layer: tfl.layers.Layer,
  inputs: tfl.SymbolicTensor | tfl.SymbolicTensor[],
): tfl.SymbolicTensor {
  const output = layer.apply(inputs);
  if (output instanceof tfl.SymbolicTensor) return output;
  throw new Error(`${layer.name}: expected one symbolic output`);
}
