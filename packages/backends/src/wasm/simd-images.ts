import type { Simd } from './simd-module';

/** Images `[images, height, width, channels]` in the backend's memory, and the zeros they get around them. */
export interface PaddedImages {
  /** Address of the first image. */
  readonly address: number;
  readonly images: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Sizes in bytes of padded images, and how many of them are worked on at a time. */
export interface PaddedLayout {
  readonly pixel: number;
  readonly row: number;
  readonly image: number;
  /** Images a group, so that a group stays in the processor's cache. */
  readonly group: number;
  /** Size of the copy; 0 where nothing is added and the images are used where they are. */
  readonly scratch: number;
}

const cacheBytes = 128 * 1024;

/** @param parts Into how many parts the images are taken. */
export function paddedLayout(images: PaddedImages, parts = 1): PaddedLayout {
  const pixel = 4 * images.channels;
  const row = pixel * (images.left + images.width + images.right);
  const image = row * (images.top + images.height + images.bottom);
  const group = Math.min(Math.ceil(images.images / parts), Math.max(1, Math.floor(cacheBytes / image)));
  const padded = images.top + images.bottom + images.left + images.right > 0;
  return { pixel, row, image, group, scratch: padded ? group * image : 0 };
}

/**
 * Visits the images of a range in groups, each padded in `scratch`.
 *
 * @param visit Gets the address of the group's first image, that image's index, and how many there are.
 */
export function eachPaddedGroup(
  { kernels }: Simd,
  images: PaddedImages,
  layout: PaddedLayout,
  scratch: number,
  [start, end]: readonly [number, number],
  visit: (address: number, first: number, count: number) => void,
): void {
  const rowBytes = layout.pixel * images.width;
  const imageBytes = rowBytes * images.height;
  if (layout.scratch > 0) kernels.clear(scratch, layout.scratch);
  for (let first = start; first < end; first += layout.group) {
    const count = Math.min(layout.group, end - first);
    const source = images.address + first * imageBytes;
    if (layout.scratch > 0) {
      // The zeros around stay from group to group.
      kernels.copyImages(
        source,
        scratch + images.top * layout.row + images.left * layout.pixel,
        count,
        images.height,
        rowBytes,
        rowBytes,
        imageBytes,
        layout.row,
        layout.image,
      );
    }
    visit(layout.scratch > 0 ? scratch : source, first, count);
  }
}

/** Distances in bytes between neighbouring pixels, rows and images, and of the first pixel from the start. */
export interface Steps {
  readonly first: number;
  readonly pixel: number;
  readonly row: number;
  readonly image: number;
}

/** Writes, for each pixel of `[images, rows, columns]`, its place in the input and in the output. */
export function fillPixelTable(
  { memory }: Simd,
  table: number,
  [images, rows, columns]: readonly [number, number, number],
  input: Steps,
  output: Steps,
): void {
  const entries = new Uint32Array(memory.buffer, table, images * rows * columns * 2);
  let index = 0;
  for (let n = 0; n < images; n++) {
    for (let p = 0; p < rows; p++) {
      for (let q = 0; q < columns; q++) {
        entries[index++] = input.first + n * input.image + p * input.row + q * input.pixel;
        entries[index++] = output.first + n * output.image + p * output.row + q * output.pixel;
      }
    }
  }
}

/** Bytes of a matrix `[depth, columns]` in the panels of `packPanels`. */
export function panelBytes(depth: number, columns: number): number {
  const rest = columns % 8;
  return 4 * depth * (columns - rest + (rest === 0 ? 0 : rest <= 4 ? 4 : 8));
}

/** Whether `convolveFew` does what `convolve` does: the runs of a patch are `length` floats, or multiples. */
export function fewChannels(columns: number, length: number): boolean {
  return columns <= 3 && length % 4 === 0;
}
