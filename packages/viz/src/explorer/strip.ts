import type { Picture } from '../picture';
import { type Dimension, type ModelLayout, valuesAlong } from './model-layout';
import type { RenderQueue } from './render-queue';

/** Pictures along a dimension, everything else as it is; undefined where one is not made yet. */
export interface Strip {
  readonly id: string;
  readonly values: readonly number[];
  readonly pictures: readonly (Picture | undefined)[];
}

/** Pictures of a strip. */
const stripLength = 7;

/** Makes the pictures along a dimension, those of the strip when nothing else is to be made. */
export class StripMaker {
  #strip: Strip | undefined;

  /**
   * @param latents those of the present picture, a fresh array
   * @param changed is called when something to show is another
   */
  constructor(
    private readonly layout: ModelLayout,
    private readonly queue: RenderQueue,
    private readonly latents: () => Float32Array,
    private readonly changed: () => void,
  ) {}

  get strip(): Strip | undefined {
    return this.#strip;
  }

  /** Shows what a dimension does, or none. */
  preview(id: string | undefined): void {
    if (this.#strip?.id === id) return;
    const dimension = id === undefined ? undefined : this.layout.byId.get(id);
    this.#strip = dimension && {
      id: dimension.id,
      values: valuesAlong(dimension, stripLength),
      pictures: [],
    };
    this.refresh();
    this.changed();
  }

  /** Makes the strip's pictures anew, as the present picture is another; until then the old ones stay. */
  refresh(): void {
    const strip = this.#strip;
    const dimension = strip && this.layout.byId.get(strip.id);
    if (strip === undefined || dimension === undefined) {
      this.queue.later([]);
      return;
    }
    this.queue.later(
      strip.values.map((value, i) => ({
        latents: this.#latentsAt(dimension, value),
        done: (picture) => {
          if (this.#strip?.id !== strip.id) return;
          const pictures = [...this.#strip.pictures];
          pictures[i] = picture;
          this.#strip = { ...strip, pictures };
          this.changed();
        },
      })),
    );
  }

  /** Pictures of the present state with the dimension at these values. */
  along(dimension: Dimension, values: readonly number[]): Promise<Picture[]> {
    return Promise.all(values.map((value) => this.queue.make(this.#latentsAt(dimension, value))));
  }

  #latentsAt({ index }: Dimension, value: number): Float32Array {
    const latents = this.latents();
    latents[index] = value;
    return latents;
  }
}
