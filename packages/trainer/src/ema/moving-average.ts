import { argumentError, updateKernels } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type NetworkWeight, networkWeights } from '../networks/network-weights';
import { moveTowards } from '../optimizers/arithmetic';
import { updatedByKernel } from '../optimizers/update-kernel';
import {
  type MovingAverageOptions,
  type MovingAverageSettings,
  movingAverageSettings,
} from './moving-average-options';
import { type AverageCounts, shareKept } from './share-kept';

/** A model whose weights are the exponential moving average of another's; its tensors are its own. */
export class MovingAverage {
  readonly model: tfl.LayersModel;
  readonly weights: readonly NetworkWeight[];
  counts: AverageCounts = { updates: 0, images: 0, pending: 0 };
  readonly #pairs: readonly { readonly average: NetworkWeight; readonly source: NetworkWeight }[];
  readonly #settings: MovingAverageSettings;

  /** Starts at the source's weights. */
  constructor(source: tfl.LayersModel, options: MovingAverageOptions) {
    this.#settings = movingAverageSettings(options);
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
    this.counts = { updates: 0, images: 0, pending: 0 };
  }

  /** Counts the real images of a step, whether an update follows or not. */
  see(images: number): void {
    this.counts = { ...this.counts, pending: this.counts.pending + images };
  }

  /**
   * Moves the average towards the source's present weights, or copies: see `MovingAverageOptions`.
   * Constraints are applied to the result: the mean of two orthonormal bases is not orthonormal.
   */
  update(): void {
    const { updates, images, pending } = this.counts;
    const rest = 1 - shareKept(this.#settings, this.counts);
    for (const { average, source } of this.#pairs) {
      tf.tidy(() => {
        if (!this.#averages(source)) {
          average.variable.assign(copyOf(source.variable));
          return;
        }
        take(average.variable, source.variable, rest);
        if (source.constraint !== null) average.variable.assign(source.constraint.apply(average.variable));
      });
    }
    this.counts = { updates: updates + 1, images: images + pending, pending: 0 };
  }

  dispose(): void {
    // model.dispose() would keep the weights of layers that are used twice.
    for (const { variable } of this.weights) variable.dispose();
  }

  #averages(source: NetworkWeight): boolean {
    if (source.variable.dtype !== 'float32') return false;
    return source.trainable() || (this.#settings.statistics === 'averaged' && !source.frozen());
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
function take(average: tf.Variable, source: tf.Tensor, rest: number): void {
  if (updatedByKernel(updateKernels.movingAverage, { average, source }, { rest }, [average])) return;
  moveTowards(average, source, tf.scalar(rest));
}

/** A tensor with a buffer of its own (`tf.clone` shares it). */
function copyOf(tensor: tf.Tensor): tf.Tensor {
  return tf.mul(tensor, tf.scalar(1, tensor.dtype === 'int32' ? 'int32' : 'float32'));
}
