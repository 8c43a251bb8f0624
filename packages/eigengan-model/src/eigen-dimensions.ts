import type * as tfl from '@tensorflow/tfjs-layers';
import { dimensionKey, dimensionNames } from './dimension-names';
import type { Extent } from './size';
import { subspaces } from './subspaces';

/** One coordinate of one subspace: moving it changes one thing in the picture. */
export interface EigenDimension {
  /** Block of its subspace; 0 is the deepest. */
  readonly block: number;
  /** Its place in `z_<block>` and in the basis, from 0. */
  readonly coordinate: number;
  /** Name of the generator's input that holds it, `z_<block>`. */
  readonly input: string;
  /** [height, width] of the block's feature maps, in pixels. */
  readonly resolution: Extent;
  /** How many coordinates the subspace has. */
  readonly rank: number;
  /** L of this coordinate, with its sign. */
  readonly importance: number;
  /** Its place among the subspace's coordinates by |importance|, from 0, the largest. */
  readonly place: number;
  /** What a person called it with `nameDimension`. */
  readonly name?: string | undefined;
}

/**
 * The eigen-dimensions of a generator: the deepest block's first, within a block by falling |importance|
 * (EigenGAN, section 3.2).
 *
 * @throws ArgumentError when the model has no subspace
 */
export async function eigenDimensions(generator: tfl.LayersModel): Promise<EigenDimension[]> {
  const names = dimensionNames(generator);
  const dimensions: EigenDimension[] = [];
  for (const { block, input, rank, resolution, importance } of subspaces(generator)) {
    const values = Array.from(await importance.data<'float32'>());
    const ordered = values
      .map((value, coordinate) => ({ value, coordinate }))
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.coordinate - b.coordinate);
    ordered.forEach(({ value, coordinate }, place) => {
      const name = names[dimensionKey({ block, coordinate })];
      dimensions.push({
        block,
        coordinate,
        input,
        resolution,
        rank,
        importance: value,
        place,
        ...(name === undefined ? {} : { name }),
      });
    });
  }
  return dimensions;
}
