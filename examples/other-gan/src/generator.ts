import { firstFeatures, larger, noiseWidth, toImage } from '@eigengan/example-custom-pipeline/dcgan';
import { subspaceLayer } from '@eigengan/subspace-layer';
import * as tfl from '@tensorflow/tfjs-layers';

/** Coordinates of the subspace. */
export const rank = 6;

/** The generator of examples/custom-pipeline, and three lines more. */
export function createGenerator(seed: number): tfl.LayersModel {
  const noise = tfl.input({ shape: [noiseWidth], name: 'noise' });
  let h = firstFeatures(noise, seed);
  const z = tfl.input({ shape: [rank], name: 'z' }); // 1
  const phi = subspaceLayer({ shape: [4, 4, 128], name: 'subspace' }).apply(z); // 2
  h = tfl.layers.add().apply([h, phi as tfl.SymbolicTensor]) as tfl.SymbolicTensor; // 3
  h = larger(h, 64, seed + 1);
  h = larger(h, 32, seed + 2);
  return tfl.model({ inputs: [noise, z], outputs: toImage(h, seed + 3), name: 'generator' });
}
