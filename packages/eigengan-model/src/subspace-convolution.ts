import { argumentError, assertInteger } from '@eigengan/core';
import { combineImages } from '@eigengan/subspace-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {
  type Initializer,
  type InitializerLike,
  type LayerArgs,
  resolveInitializer,
  serializeInitializer,
} from './layer-types';

export interface SubspaceConvolutionArgs extends LayerArgs {
  /** Features of the output. */
  filters: number;
  /** Edge of the square kernel in pixels. */
  kernelSize: number;
  /** How many times larger the output is than the input. Default: 1. */
  strides?: number | undefined;
  /** How the kernel starts. Default: Glorot's normal initialiser, unseeded, as for stock layers. */
  kernelInitializer?: InitializerLike | undefined;
  /** How the bias starts. Default: zeros. */
  biasInitializer?: InitializerLike | undefined;
}

/**
 * The transposed convolution of a subspace, `conv(phi) + bias` with `phi = sum_j z_j images_j + images_rank`.
 *
 * Inputs: `z` [batch, rank] and the images [rank + 1, height, width, features] that a `SubspaceLayer` with
 * `output: 'images'` gives. Output: [batch, height * strides, width * strides, filters]. Weights: `kernel`
 * [kernelSize, kernelSize, filters, features] and `bias` [filters], padded as `same`, all as in
 * `tf.layers.conv2dTranspose`.
 *
 * The convolution is linear, so the `rank + 1` images can be convolved instead of the batch and combined by
 * `z` afterwards: done when the batch is larger, and the values are the same either way.
 */
export class SubspaceConvolution extends tfl.layers.Layer {
  static readonly className: string = 'eigengan/eigengan-model/SubspaceConvolution';

  readonly filters: number;
  readonly kernelSize: number;
  readonly strides: number;
  private readonly kernelInitializer: Initializer;
  private readonly biasInitializer: Initializer;
  private kernel: tfl.LayerVariable | undefined;
  private bias: tfl.LayerVariable | undefined;

  constructor(args: SubspaceConvolutionArgs) {
    super(args);
    const where = 'SubspaceConvolution';
    const { filters, kernelSize, strides = 1 } = args;
    assertInteger(`${where}: filters`, filters, { min: 1 });
    assertInteger(`${where}: kernelSize`, kernelSize, { min: 1 });
    assertInteger(`${where}: strides`, strides, { min: 1 });
    this.filters = filters;
    this.kernelSize = kernelSize;
    this.strides = strides;
    this.kernelInitializer = resolveInitializer(
      `${where}: kernelInitializer`,
      args.kernelInitializer ?? tfl.initializers.glorotNormal({}),
    );
    this.biasInitializer = resolveInitializer(
      `${where}: biasInitializer`,
      args.biasInitializer ?? tfl.initializers.zeros(),
    );
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const { channels } = shapesOf(inputShape);
    const kernelShape = [this.kernelSize, this.kernelSize, this.filters, channels];
    this.kernel = this.addWeight('kernel', kernelShape, 'float32', this.kernelInitializer);
    this.bias = this.addWeight('bias', [this.filters], 'float32', this.biasInitializer);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const { batch, height, width } = shapesOf(inputShape);
    return [batch, height * this.strides, width * this.strides, this.filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Parameters<tfl.layers.Layer['call']>[1]): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const [z, images] = Array.isArray(inputs) ? inputs : [];
      if (z === undefined || images === undefined) {
        throw argumentError(
          this.name,
          'inputs must be [z, images]',
          Array.isArray(inputs) ? inputs.length : 1,
        );
      }
      const [batch = 0] = z.shape;
      const [count = 0] = images.shape;
      if (batch > count) return combineImages(z, this.fold(images));
      return tf.add(this.convolve(combineImages(z, images)), this.weightsOf().bias);
    });
  }

  /**
   * The images convolved, with the bias on that of the origin, which every sum has once: constant as long as the
   * weights are. `combineImages(z, folded)` then gives what `call` does.
   *
   * @param images [rank + 1, height, width, features]
   * @param constants what else is to be in every sum: [1, height * strides, width * strides, filters] each
   * @returns [rank + 1, height * strides, width * strides, filters], for the caller to dispose
   */
  fold(images: tf.Tensor, constants: readonly tf.Tensor[] = []): tf.Tensor {
    return tf.tidy(() => {
      const [basis, origin] = tf.split(this.convolve(images), [(images.shape[0] ?? 0) - 1, 1]);
      if (basis === undefined || origin === undefined) throw new Error(`${this.name}: no origin`);
      const addends = [this.weightsOf().bias, ...constants];
      return tf.concat([basis, addends.reduce((sum, addend) => tf.add(sum, addend), origin)]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      filters: this.filters,
      kernelSize: this.kernelSize,
      strides: this.strides,
      kernelInitializer: serializeInitializer(this.kernelInitializer),
      biasInitializer: serializeInitializer(this.biasInitializer),
    };
  }

  private convolve(images: tf.Tensor): tf.Tensor {
    const [batch = 0, height = 0, width = 0, channels = 0] = images.shape;
    const { kernelSize, filters, strides } = this;
    return tf.conv2dTranspose(
      tf.reshape<tf.Rank.R4>(images, [batch, height, width, channels]),
      tf.reshape<tf.Rank.R4>(this.weightsOf().kernel, [kernelSize, kernelSize, filters, channels]),
      [batch, height * strides, width * strides, filters],
      strides,
      'same',
    );
  }

  private weightsOf(): { kernel: tf.Tensor; bias: tf.Tensor } {
    const { kernel, bias } = this;
    if (kernel === undefined || bias === undefined) throw new Error(`${this.name}: call before build`);
    return { kernel: kernel.read(), bias: bias.read() };
  }
}

tf.serialization.registerClass(SubspaceConvolution);

function shapesOf(inputShape: tfl.Shape | tfl.Shape[]) {
  const [z, images] = inputShape;
  if (!Array.isArray(z) || !Array.isArray(images) || z.length !== 2 || images.length !== 4) {
    throw argumentError(
      'SubspaceConvolution',
      'inputs must be z [batch, rank] and images [rank + 1, h, w, c]',
      inputShape,
    );
  }
  const [batch = null] = z;
  const [, height, width, channels] = images;
  assertInteger('SubspaceConvolution: height of the images', height, { min: 1 });
  assertInteger('SubspaceConvolution: width of the images', width, { min: 1 });
  assertInteger('SubspaceConvolution: features of the images', channels, { min: 1 });
  return { batch, height, width, channels };
}
