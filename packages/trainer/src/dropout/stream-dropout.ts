import { argumentError, assertFinite, assertInteger, type RandomStream, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

type LayerArgs = NonNullable<ConstructorParameters<typeof tfl.layers.Layer>[0]>;

export interface StreamDropoutArgs extends LayerArgs {
  /** Share of the features that is dropped, in [0, 1). */
  readonly rate: number;
  /**
   * Shape of the mask, as long as the input's, null where it is the input's; a 1 shares the draw along that
   * axis: `[null, 1, 1, null]` drops whole feature maps. Default: the input's shape.
   */
  readonly noiseShape?: readonly (number | null)[] | null | undefined;
  /** For training outside of a Trainer: seed of the layer's own draws. Inside one the run's stream draws. */
  readonly seed?: number | null | undefined;
}

/** Gives a stream for the next mask. */
export type MaskSource = () => RandomStream;

/**
 * Inverted dropout whose masks are drawn by the run: `x * mask / (1 - rate)` in training mode, each element of
 * the mask 1 with probability `1 - rate`, else 0; the identity at inference. Output of the input's shape.
 *
 * The masks are the same on every backend. A Trainer gives each call of each layer in each step one of its
 * own, a function of its seed, the step, the layer and the count of its calls, so that a resumed run meets the
 * same masks. It has no weights.
 *
 * @throws ArgumentError for an invalid option, and in training mode outside of a Trainer without a `seed`
 */
export class StreamDropout extends tfl.layers.Layer {
  static readonly className = 'eigengan/trainer/StreamDropout';

  readonly rate: number;
  readonly noiseShape: readonly (number | null)[] | null;
  readonly seed: number | null;
  private source: MaskSource | null = null;
  private ownCalls = 0;

  constructor(args: StreamDropoutArgs) {
    super(args);
    // tfjs makes names of the class name and a number of its own, which would put slashes into this one.
    if (args.name == null) this.name = `stream_dropout_${/\d*$/.exec(this.name)?.[0] ?? ''}`;
    this.supportsMasking = true;
    this.rate = args.rate;
    this.noiseShape = args.noiseShape ?? null;
    this.seed = args.seed ?? null;
    assertFinite(this.where('rate'), this.rate, { min: 0, max: 1 - 2 ** -53 });
    if (this.seed !== null) assertInteger(this.where('seed'), this.seed, { min: 0 });
    if (this.noiseShape !== null) {
      if (!Array.isArray(this.noiseShape)) {
        throw argumentError(this.where('noiseShape'), 'must be an array', this.noiseShape);
      }
      for (const size of this.noiseShape) {
        if (size !== null) assertInteger(this.where('noiseShape'), size, { min: 1 });
      }
    }
  }

  /** Whence masks come from now on; null: from the layer's own seed. A Trainer calls it. */
  drawFrom(source: MaskSource | null): void {
    this.source = source;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Parameters<tfl.layers.Layer['call']>[1]): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const [x, ...others] = Array.isArray(inputs) ? inputs : [inputs];
      if (x === undefined || others.length > 0) {
        throw argumentError(this.where('input'), 'must be one tensor', others.length + 1);
      }
      if (kwargs.training !== true || this.rate === 0) return tf.clone(x);
      return tf.mul(x, this.mask(x.shape));
    });
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape | tfl.Shape[] {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      rate: this.rate,
      noiseShape: this.noiseShape === null ? null : [...this.noiseShape],
      seed: this.seed,
    };
  }

  /** 0 or 1 / (1 - rate); made on the CPU, so that backends agree. */
  private mask(inputShape: readonly number[]): tf.Tensor {
    const shape = this.maskShape(inputShape);
    const stream = this.nextStream();
    const kept = 1 / (1 - this.rate);
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    for (let i = 0; i < values.length; i++) values[i] = stream.uniform() < this.rate ? 0 : kept;
    return tf.tensor(values, shape);
  }

  private maskShape(inputShape: readonly number[]): number[] {
    const { noiseShape } = this;
    if (noiseShape === null) return [...inputShape];
    const fits =
      noiseShape.length === inputShape.length &&
      noiseShape.every((size, axis) => size === null || size === 1 || size === inputShape[axis]);
    if (!fits) {
      const rule = `must be null, 1 or the input's size on each axis of [${inputShape.join(', ')}]`;
      throw argumentError(this.where('noiseShape'), rule, noiseShape);
    }
    return noiseShape.map((size, axis) => size ?? inputShape[axis] ?? 1);
  }

  private nextStream(): RandomStream {
    if (this.source !== null) return this.source();
    if (this.seed === null) {
      throw argumentError(this.where('training mode'), 'needs a Trainer, or a seed of its own', this.seed);
    }
    return seededStream(this.seed, `dropout/${this.ownCalls++}`);
  }

  private where(what: string): string {
    return `layer ${this.name}: ${what}`;
  }
}
tf.serialization.registerClass(StreamDropout);

/** A `StreamDropout` layer: dropout whose masks are drawn by the run, which unlike tfjs's own can be resumed. */
export function streamDropout(args: StreamDropoutArgs): StreamDropout {
  return new StreamDropout(args);
}
