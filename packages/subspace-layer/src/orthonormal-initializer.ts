import { fillNormal, seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { InitializerBase } from './layers-bases';
import { orthonormalizeRows } from './orthonormalize-rows';
import { resolveSeed } from './resolve-seed';
import { fromRows, shorterSide } from './shorter-side';

export interface OrthonormalInitializerArgs {
  /**
   * Integer of at least 0. The same seed and shape give the same weight on every backend. Drawn afresh when
   * left out, and then saved with the layer.
   */
  seed?: number | undefined;
}

/**
 * Random orthonormal vectors, uniformly distributed over all such sets: normal numbers, orthonormalised on
 * the CPU in double precision. They lie along the weight's longer side ("Which vectors" in the README), so
 * a basis `[rank, units]` has orthonormal rows, a dense kernel `[in, out]` orthonormal columns where
 * in > out and orthonormal rows otherwise. Costs count^2 * length for `count` vectors of `length`.
 */
export class OrthonormalInitializer extends InitializerBase {
  static readonly className = 'eigengan/subspace-layer/OrthonormalInitializer';

  readonly seed: number;

  /** @throws ArgumentError when the seed is not an integer of at least 0 */
  constructor({ seed }: OrthonormalInitializerArgs = {}) {
    super();
    this.seed = resolveSeed('orthonormalInitializer: seed', seed);
  }

  /** A new weight of the shape, which the caller disposes. */
  override apply(shape: (number | null)[]): tf.Tensor {
    const side = shorterSide('orthonormalInitializer', shape);
    const stream = seededStream(this.seed, 'init');
    const rows = Float64Array.from(fillNormal(stream, new Float32Array(side.count * side.length)));
    orthonormalizeRows(rows, side.length, stream);
    return tf.tidy(() => {
      const matrix = tf.tensor2d(Float32Array.from(rows), [side.count, side.length]);
      return fromRows(matrix, side, shape.map(Number));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { seed: this.seed };
  }
}
tf.serialization.registerClass(OrthonormalInitializer);

/** Random orthonormal vectors, for a `SubspaceLayer` or the `kernelInitializer` of a stock layer. */
export function orthonormalInitializer(args?: OrthonormalInitializerArgs): OrthonormalInitializer {
  return new OrthonormalInitializer(args);
}
