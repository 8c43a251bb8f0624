/** One line of a run’s `log.jsonl`: flat, numbers and short texts only; `null` stands for a number that was not finite. */
export type LogRecord = Readonly<Record<string, number | string | boolean | null>>;

/** Images in random access, decoded: what `datasets` makes of a folder, an IDX file or a drawing program. */
export interface ImageSource {
  /** How many images. */
  readonly length: number;
  /** [height, width, channels] of every image. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Image `index` as height * width * channels bytes, 0 .. 255, channels last. The caller may change it. */
  read(index: number): Uint8Array | Promise<Uint8Array>;
  /** Lets go of what it holds open, as a loader asks when a loop ends. A later read opens it again. */
  close?(): Promise<void>;
}

/** A batch as a loader hands it out. Who pulls it disposes of `images`. */
export interface Batch<Images> {
  /** [batch, height, width, channels], in [-1, 1]. */
  readonly images: Images;
  /** Which image of the source each one is. */
  readonly index: Int32Array;
}

/** Where a loader stands, as plain JSON. */
export type LoaderState = Readonly<Record<string, number | readonly number[]>>;

/** Batches without end (or for a stated number of epochs), and where they stand. */
export interface Loader<Images> extends AsyncIterable<Batch<Images>> {
  /** The state after the last batch handed out, whatever was prefetched. */
  state(): LoaderState;
  /** Goes on from a state; takes effect at the next iteration. */
  restore(state: LoaderState): void;
  /** How many images a batch should hold, for whoever looks after the run. */
  readonly batch?: number | undefined;
}

/** How the latents of a saved model are distributed. */
export interface LatentDistribution {
  readonly kind: 'normal';
  readonly mean: number;
  readonly stddev: number;
}

/** What `model.json` says of a generator beside its layers: enough to sample, not to resume training. */
export interface SavedModelMetadata {
  readonly format: 'eigengan-model';
  readonly libraryVersion: string;
  /** The values that stand for black and white. */
  readonly imageRange: readonly [number, number];
  /** Input name -> width, in input order. */
  readonly latentShapes: Readonly<Record<string, number>>;
  readonly latentDistribution: LatentDistribution;
  /** The role of every weight, in the order of `model.weights`. */
  readonly roles: readonly string[];
  /** `block_0/2` -> a person's name for that eigen-dimension. */
  readonly dimensionNames: Readonly<Record<string, string>>;
}

/** The JSON that a checkpoint carries beside its tensors. */
export interface CheckpointMetadata {
  readonly formatVersion: number;
  readonly libraryVersion: string;
  /** Steps done. */
  readonly step: number;
  /** Real images seen. */
  readonly images: number;
  /** Stream name -> its state. */
  readonly random: Readonly<Record<string, readonly number[]>>;
  readonly loader?: LoaderState | undefined;
  /** What must be the same for a resume to be the same run. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** The version of the packages, all released together. */
export const libraryVersion = '0.1.0';
