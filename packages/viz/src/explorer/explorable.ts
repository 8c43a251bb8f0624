import type { Picture } from '../picture';

/** A number of the latents that a person can move. */
export interface ExplorableDimension {
  /** What tells it from the others, in addresses and files too: keep it the same for a saved model. */
  readonly id: string;
  /**
   * Dimensions of one layer stand together, the layers in the order in which they first appear. A text is the
   * group's title; a number n is titled `Layer n`.
   */
  readonly layer: string | number;
  /** Dimensions of a layer are ordered by its size, the largest first; the sign does not matter. */
  readonly importance: number;
  /**
   * Mean |change| of a pixel's channel per unit of the coordinate, on the scale of [-1, 1]. With it a row
   * shows how much the dimension does, and says when nobody will see it (below 0.005). Default: not known.
   */
  readonly activity?: number | undefined;
  /** What a person called it. Default: its place in the layer. */
  readonly name?: string | undefined;
  /** Least and largest value of the slider. Default: [-3, 3]. */
  readonly range?: readonly [number, number] | undefined;
  /** Its place in the latents. Default: its place in `dimensions`. */
  readonly index?: number | undefined;
}

export interface RenderOptions {
  /** Aborted when nobody waits for the picture any more, as another model has come. */
  readonly signal: AbortSignal;
}

/** What the explorer shows and moves: anything that makes pictures of numbers. */
export interface Explorable {
  readonly dimensions: readonly ExplorableDimension[];
  /** How many numbers the latents hold. Default: one for each dimension. */
  readonly latentSize?: number | undefined;
  /**
   * The picture of the latents. It is called again only when the last call has ended, in a page's main
   * thread: what takes long belongs into a worker.
   *
   * @param latents `latentSize` numbers; a fresh array each time, the model's to keep
   */
  render(latents: Float32Array, options: RenderOptions): Picture | Promise<Picture>;
  /**
   * The latents of a seed, always the same ones. Default: normal, cut off at `truncation` standard deviations,
   * so that they go to zero with it.
   *
   * @param truncation standard deviations, 0 to 3
   */
  sample?(seed: number, truncation: number): Float32Array;
}
