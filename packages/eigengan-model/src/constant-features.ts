import { argumentError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {
  type Initializer,
  type InitializerLike,
  type LayerArgs,
  resolveInitializer,
  serializeInitializer,
} from './layer-types';

export interface ConstantFeaturesArgs extends LayerArgs {
  /** [height, width, features] of the output. */
  shape: readonly number[];
  /** How the constant starts. Default: zeros. */
  biasInitializer?: InitializerLike | undefined;
}

/**
 * One learned feature map, the same for every sample: the stem of a generator without noise. Its weight is
 * `bias [units]`.
 *
 * Input: anything (only the graph needs it). Output: [1, ...shape], which the layer that adds the first
 * subspace broadcasts over the batch; until there the network runs once instead of once a sample.
 */
export class ConstantFeatures extends tfl.layers.Layer {
  static readonly className: string = 'eigengan/eigengan-model/ConstantFeatures';

  readonly shape: readonly number[];
  private readonly biasInitializer: Initializer;
  private bias: tfl.LayerVariable | undefined;

  constructor(args: ConstantFeaturesArgs) {
    super(args);
    if (!Array.isArray(args.shape) || args.shape.some((size) => !Number.isSafeInteger(size) || size < 1)) {
      throw argumentError('ConstantFeatures', 'shape must be an array of sizes', args.shape);
    }
    this.shape = [...args.shape];
    this.biasInitializer =
      args.biasInitializer === undefined
        ? tfl.initializers.zeros()
        : resolveInitializer('ConstantFeatures: biasInitializer', args.biasInitializer);
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const units = tf.util.sizeFromShape([...this.shape]);
    this.bias = this.addWeight('bias', [units], 'float32', this.biasInitializer);
    super.build(inputShape);
  }

  override computeOutputShape(): tfl.Shape {
    return [null, ...this.shape];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Parameters<tfl.layers.Layer['call']>[1]): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      return tf.reshape(built(this.bias).read(), [1, ...this.shape]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      shape: [...this.shape],
      biasInitializer: serializeInitializer(this.biasInitializer),
    };
  }
}

tf.serialization.registerClass(ConstantFeatures);

function built(weight: tfl.LayerVariable | undefined): tfl.LayerVariable {
  if (weight === undefined) throw new Error('ConstantFeatures: call before build');
  return weight;
}
