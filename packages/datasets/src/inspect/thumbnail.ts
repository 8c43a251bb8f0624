import type { PictureShape } from './inspected-source';

/** Nine columns have eight differences, a byte a row. */
export const thumbnailColumns = 9;
export const thumbnailRows = 8;

export function thumbnailBytes(channels: number): number {
  return thumbnailRows * thumbnailColumns * channels;
}

/** Writes the means of the boxes that an image is divided into: [rows, columns, channels]. */
export function drawThumbnail(
  image: Uint8Array,
  [height, width, channels]: PictureShape,
  into: Uint8Array,
): void {
  let at = 0;
  for (let row = 0; row < thumbnailRows; row++) {
    const [top, bottom] = part(row, thumbnailRows, height);
    for (let column = 0; column < thumbnailColumns; column++) {
      const [left, right] = part(column, thumbnailColumns, width);
      const pixels = (bottom - top) * (right - left);
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let y = top; y < bottom; y++) {
          const line = y * width;
          for (let x = left; x < right; x++) sum += image[(line + x) * channels + channel]!;
        }
        into[at++] = Math.round(sum / pixels);
      }
    }
  }
}

/** Part `i` of `count` of a side, at least a pixel. */
function part(i: number, count: number, side: number): readonly [start: number, end: number] {
  const start = Math.min(side - 1, Math.floor((i * side) / count));
  return [start, Math.max(start + 1, Math.floor(((i + 1) * side) / count))];
}
