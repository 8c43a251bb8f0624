import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Optimizer, OptimizerState } from '../optimizers/optimizer';
import { keepingWeights } from './batch-statistics';
import { isImageWise } from './image-wise';
import { type NetworkWeight, networkWeights } from './network-weights';

/** The generator or the discriminator with what trains it. */
export class Network {
  readonly weights: readonly NetworkWeight[];
  readonly optimizer: OptimizerState;
  readonly #imageWise: boolean;
  #early: ReadonlySet<string> = new Set();

  constructor(
    readonly name: 'generator' | 'discriminator',
    readonly model: tfl.LayersModel,
    optimizer: Optimizer,
  ) {
    // A Sequential is otherwise built by its first use, and has no stopTraining until then.
    if (model instanceof tfl.Sequential && !model.built) model.build();
    this.weights = networkWeights(`Trainer: ${name}`, model);
    if (model.outputs.length !== 1) {
      throw argumentError(`Trainer: ${name}`, 'must have one output', model.outputs.length);
    }
    this.optimizer = optimizer.create();
    this.#imageWise = isImageWise(model);
  }

  /** Makes the optimizer's tensors for what it trains from the start. */
  prepare(): void {
    const weights = this.trainableWeights();
    this.optimizer.prepare(weights);
    this.#early = new Set(weights.map(({ role }) => role));
  }

  /** Whether a weight was frozen when training began, so that its optimizer state came later, if at all. */
  isLate(role: string): boolean {
    return !this.#early.has(role);
  }

  /** What the optimizer may change now, in a fixed order. */
  trainableWeights(): NetworkWeight[] {
    return this.weights.filter((weight) => weight.trainable());
  }

  /** What moves without the optimizer: batch statistics. */
  statistics(): tf.Variable[] {
    return this.weights
      .filter((weight) => !weight.trainable() && !weight.frozen())
      .map(({ variable }) => variable);
  }

  /** The model in training mode. Batch statistics move, those of frozen layers excepted. */
  train(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const still = this.weights.filter((weight) => weight.frozen());
    return keepingWeights(still, () => this.#apply(inputs));
  }

  /** What `train` makes of either batch: in one pass where that is the same up to rounding. */
  trainTogether(first: tf.Tensor, second: tf.Tensor): [tf.Tensor, tf.Tensor] {
    const [length = 0, ...shape] = first.shape;
    // A model of any size of images may be given two.
    const together = this.#imageWise && tf.util.arraysEqual(shape, second.shape.slice(1));
    if (!together) return [this.train(first), this.train(second)];
    const outputs = this.train(tf.concat([first, second]));
    return [tf.slice(outputs, 0, length), tf.slice(outputs, length)];
  }

  /** The model in training mode; no weight moves, batch statistics included. */
  observe(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const still = this.weights.filter((weight) => !weight.trainable());
    return keepingWeights(still, () => this.#apply(inputs));
  }

  #apply(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const single = Array.isArray(inputs) && inputs.length === 1 ? inputs[0] : inputs;
    const output = this.model.apply(single ?? inputs, { training: true });
    if (output instanceof tf.Tensor) return output;
    throw argumentError(`Trainer: ${this.name}`, 'must give one tensor', output);
  }
}
