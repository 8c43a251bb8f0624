import type { Picture } from '../pictures/picture';
import type { PictureShape } from './inspected-source';
import type { ChannelStatistics } from './inspection';

/** The mean difference of an image's channels, and its values' deviation, below which there is no color, or nothing. */
const nothing = 2;

/**
 * Sums over images of one shape. All sums are of integers, exact far beyond a million images, so that the order
 * in which images arrive makes no difference.
 */
export class PixelStatistics {
  readonly #shape: PictureShape;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;
  #gray = 0;
  #blank = 0;

  constructor(shape: PictureShape) {
    this.#shape = shape;
    this.#sums = new Float64Array(shape[0] * shape[1] * shape[2]);
    this.#squares = new Float64Array(shape[2]);
  }

  get gray(): number {
    return this.#gray;
  }

  get blank(): number {
    return this.#blank;
  }

  add(image: Uint8Array): void {
    const [, , channels] = this.#shape;
    this.#count++;
    for (let c = 0; c < channels; c++) {
      let squares = 0;
      for (let i = c; i < image.length; i += channels) {
        const value = image[i]!;
        this.#sums[i]! += value;
        squares += value * value;
      }
      this.#squares[c]! += squares;
    }
    if (channels >= 3 && isGray(image, channels)) this.#gray++;
    if (isBlank(image, channels)) this.#blank++;
  }

  mean(): Picture | undefined {
    const [height, width, channels] = this.#shape;
    if (this.#count === 0) return undefined;
    return {
      height,
      width,
      channels,
      data: Uint8Array.from(this.#sums, (sum) => Math.round(sum / this.#count)),
    };
  }

  channels(): ChannelStatistics[] {
    if (this.#count === 0) return [];
    const [height, width, channels] = this.#shape;
    const pixels = height * width * this.#count;
    return Array.from(this.#squares, (squares, channel) => {
      let sum = 0;
      for (let i = channel; i < this.#sums.length; i += channels) sum += this.#sums[i]!;
      const mean = sum / pixels;
      const variance = Math.max(0, squares / pixels - mean * mean);
      return { mean: mean / 127.5 - 1, standardDeviation: Math.sqrt(variance) / 127.5 };
    });
  }
}

function isGray(image: Uint8Array, channels: number): boolean {
  let difference = 0;
  for (let i = 0; i < image.length; i += channels) {
    const [red, green, blue] = [image[i]!, image[i + 1]!, image[i + 2]!];
    difference += Math.max(red, green, blue) - Math.min(red, green, blue);
  }
  return difference * channels < nothing * image.length;
}

function isBlank(image: Uint8Array, channels: number): boolean {
  let deviation = 0;
  for (let i = channels; i < image.length; i++) deviation += Math.abs(image[i]! - image[i % channels]!);
  return deviation < nothing * image.length;
}
