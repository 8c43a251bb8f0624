import { argumentError, assertInteger } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { networkWeights } from '../../networks/network-weights';
import type { StepLog } from '../step-log';
import { histogramSummary } from './event';
import { histogramOf } from './histogram';
import type { SummarySource } from './summary-source';

export interface TensorBoardHistograms {
  /** In steps. */
  readonly every: number;
  /**
   * Tensors by tag, of any shape; values that are not finite are left out. Tensors made in here are disposed
   * of, others stay. Default: the importance of each subspace layer of the generator.
   */
  readonly of?: ((log: StepLog) => TensorsByTag) | undefined;
}

type TensorsByTag = Readonly<Record<string, tf.Tensor>>;

export function histogramSource(options: TensorBoardHistograms): SummarySource {
  const { every } = options;
  assertInteger('tensorBoard: histograms.every', every, { min: 1 });
  let { of } = options;
  return {
    every,
    setModel(generator) {
      of = options.of ?? importances(generator);
    },
    async summaries(log) {
      const tensors = heldTensors(() => of?.(log) ?? {});
      try {
        const summaries: Uint8Array[] = [];
        for (const [tag, tensor] of tensors) {
          const histogram = histogramOf(await tensor.data());
          if (histogram !== null) summaries.push(histogramSummary(tag, histogram));
        }
        return summaries;
      } finally {
        tf.dispose(tensors.map(([, tensor]) => tensor));
      }
    },
  };
}

/** The importance of every subspace layer, by its role: `<layer>/importance`. */
function importances(generator: tfl.LayersModel): () => TensorsByTag {
  const weights = networkWeights('tensorBoard', generator).filter(({ role }) => role.endsWith('/importance'));
  if (weights.length === 0) {
    throw argumentError('tensorBoard: histograms.of', 'must be given: no subspace layer', generator.name);
  }
  return () => Object.fromEntries(weights.map(({ role, variable }) => [role, variable]));
}

/** Handles of their own on the tensors that `compute` gives; what else it made is disposed of. */
function heldTensors(compute: () => TensorsByTag): [tag: string, tensor: tf.Tensor][] {
  return Object.entries(
    tf.tidy(() =>
      Object.fromEntries(
        Object.entries(compute()).map(([tag, tensor]) => {
          if (!(tensor instanceof tf.Tensor)) {
            throw argumentError(`tensorBoard: histogram ${tag}`, 'must be a tensor', tensor);
          }
          return [tag, tf.clone<tf.Tensor>(tensor)];
        }),
      ),
    ),
  );
}
