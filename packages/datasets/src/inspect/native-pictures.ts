import type { OriginalSize } from '../image-set/image-set';

interface Size {
  readonly height: number;
  readonly width: number;
}

/** Pictures before they came to their form. */
export interface NativePictures {
  /** By their area. */
  readonly smallest: Size;
  /** By their area. */
  readonly median: Size;
  /** By their area. */
  readonly largest: Size;
  /** How many have each size, the most frequent first. */
  readonly sizes: readonly (Size & { readonly count: number })[];
  /** How many have 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA; the most frequent first. */
  readonly channels: readonly { readonly channels: number; readonly count: number }[];
  /** How many are enlarged by more than a quarter both ways to come to their form. */
  readonly enlarged: number;
}

/** Enlarged by no more, a picture is as good as one of the size wanted: 28 pixels for 32. */
const slightly = 1.25;

/** Counts pictures by size and channels: memory goes with the different sizes, not with the pictures. */
export class NativeCounter {
  readonly #sizes = new Map<string, Size & { count: number }>();
  readonly #channels = new Map<number, number>();
  readonly #form: readonly [height: number, width: number, channels: number];
  #enlarged = 0;

  constructor(form: readonly [height: number, width: number, channels: number]) {
    this.#form = form;
  }

  add({ height, width, channels }: OriginalSize): void {
    const key = `${height} x ${width}`;
    const counted = this.#sizes.get(key);
    if (counted === undefined) this.#sizes.set(key, { height, width, count: 1 });
    else counted.count++;
    this.#channels.set(channels, (this.#channels.get(channels) ?? 0) + 1);
    if (Math.min(this.#form[0] / height, this.#form[1] / width) > slightly) this.#enlarged++;
  }

  /** Undefined when nothing was counted. */
  pictures(): NativePictures | undefined {
    const byArea = [...this.#sizes.values()].sort((a, b) => a.height * a.width - b.height * b.width);
    const [smallest] = byArea;
    const largest = byArea.at(-1);
    if (smallest === undefined || largest === undefined) return undefined;
    const total = byArea.reduce((sum, { count }) => sum + count, 0);
    let passed = 0;
    const median = byArea.find(({ count }) => {
      passed += count;
      return 2 * passed >= total;
    });
    return {
      smallest: sizeOf(smallest),
      median: sizeOf(median ?? largest),
      largest: sizeOf(largest),
      sizes: byArea.sort((a, b) => b.count - a.count),
      channels: [...this.#channels]
        .map(([channels, count]) => ({ channels, count }))
        .sort((a, b) => b.count - a.count),
      enlarged: this.#enlarged,
    };
  }
}

function sizeOf({ height, width }: Size): Size {
  return { height, width };
}
