import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** A layer that ran, and for how many samples. */
export interface LayerRun {
  readonly name: string;
  readonly rows: number;
}

const products: readonly string[] = [tf.BatchMatMul, tf._FusedMatMul, tf.Conv2DBackpropInput, tf.FusedConv2D];

/**
 * The generator's own layers with a kernel that a call runs, told by the kernels' shapes: call once before what
 * makes basis images, and let no two layers have kernels of one shape.
 */
export async function layersRun(
  generator: tfl.LayersModel,
  run: () => tf.TensorContainer,
): Promise<LayerRun[]> {
  const layers = generator.layers.filter(({ name }) => /^(stem|block_\d\/(up|same)|output)$/.test(name));
  const names = new Map(layers.map(({ name, weights }) => [weights[0]?.shape.join(), name]));
  const { kernels, result } = await tf.profile(run);
  tf.dispose(result);
  return kernels.flatMap(({ name: kernel, inputShapes: [x, filter] }) => {
    const name = names.get(filter?.join());
    return name === undefined || !products.includes(kernel) ? [] : [{ name, rows: x?.[0] ?? 0 }];
  });
}
