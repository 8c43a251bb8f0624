import { argumentError, assertFinite, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type NetworkWeight, networkWeights } from '../networks/network-weights';
import { updatedByKernel } from '../optimizers/update-kernel';

export interface MovingAverageOptions {
  /** Share of the average that stays at each update, in [0, 1), e.g. 0.999 (the official value). */
  readonly decay: number;
  /**
   * Whether early updates weigh more: `min(decay, (1 + t) / (10 + t))` at the 0-based update t, as
   * TensorFlow's `num_updates` has it. Default true.
   */
  readonly warmup?: boolean | undefined;
}

/** @throws ArgumentError when the decay is out of its range */
export function checkMovingAverage({ decay }: MovingAverageOptions): void {
  assertFinite('Trainer: ema.decay', decay, { min: 0, max: 1 - 2 ** -53 });
}

/** A model whose weights are the exponential moving average of another's; its tensors are its own. */
export class MovingAverage {
  readonly model: tfl.LayersModel;
  readonly weights: readonly NetworkWeight[];
  /** How often it was updated. */
  updates = 0;
  readonly #pairs: readonly { readonly average: NetworkWeight; readonly source: NetworkWeight }[];
  readonly #decay: number;
  readonly #warmup: boolean;

  /** Starts at the source's weights. */
  constructor(source: tfl.LayersModel, { decay, warmup = true }: MovingAverageOptions) {
    this.#decay = decay;
    this.#warmup = warmup;
    this.model = copyArchitecture(source);
    this.weights = networkWeights('Trainer: ema', this.model);
    const byRole = new Map(this.weights.map((weight) => [weight.role, weight]));
    this.#pairs = networkWeights('Trainer: generator', source).map((weight) => {
      const average = byRole.get(weight.role);
      if (average === undefined) {
        throw argumentError(
          'Trainer: ema',
          'a copy of the generator made from its configuration must have the same weights',
          weight.role,
        );
      }
      return { average, source: weight };
    });
    this.restart();
  }

  /** Begins anew at the source's present weights. */
  restart(): void {
    for (const { average, source } of this.#pairs) {
      tf.tidy(() => average.variable.assign(copyOf(source.variable)));
    }
    this.updates = 0;
  }

  /**
   * Moves the average towards the source's present weights. What the optimizer does not train (batch
   * statistics, frozen weights) is copied. Constraints are applied to the result: the mean of two
   * orthonormal bases is not orthonormal.
   */
  update(): void {
    const rest = 1 - this.#decayAt(this.updates);
    for (const { average, source } of this.#pairs) {
      tf.tidy(() => {
        if (!source.trainable() || source.variable.dtype !== 'float32') {
          average.variable.assign(copyOf(source.variable));
          return;
        }
        moveTowards(average.variable, source.variable, rest);
        if (source.constraint !== null) average.variable.assign(source.constraint.apply(average.variable));
      });
    }
    this.updates++;
  }

  dispose(): void {
    // model.dispose() would keep the weights of layers that are used twice.
    for (const { variable } of this.weights) variable.dispose();
  }

  #decayAt(update: number): number {
    return this.#warmup ? Math.min(this.#decay, (1 + update) / (10 + update)) : this.#decay;
  }
}

function copyArchitecture(model: tfl.LayersModel): tfl.LayersModel {
  const config: tf.serialization.ConfigDict = JSON.parse(JSON.stringify(model.getConfig()));
  // The last argument spares the initialisers: every weight is assigned below.
  return model instanceof tfl.Sequential
    ? tfl.Sequential.fromConfig<tfl.LayersModel>(tfl.Sequential, config, {}, true)
    : tfl.LayersModel.fromConfig<tfl.LayersModel>(tfl.LayersModel, config, {}, true);
}

/** `average += rest (source - average)`, in one pass where the backend has a kernel for it. */
function moveTowards(average: tf.Variable, source: tf.Tensor, rest: number): void {
  if (updatedByKernel(updateKernels.movingAverage, { average, source }, { rest }, [average])) return;
  average.assign(tf.add(average, tf.mul(rest, tf.sub(source, average))));
}

/** A tensor with a buffer of its own (`tf.clone` shares it). */
function copyOf(tensor: tf.Tensor): tf.Tensor {
  return tf.mul(tensor, tf.scalar(1, tensor.dtype === 'int32' ? 'int32' : 'float32'));
}
