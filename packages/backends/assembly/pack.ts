/**
 * Copies images between zeros that are already there: `[images, height, width * channels]` into
 * `[images, paddedHeight, paddedRow]`.
 *
 * @param target Where the first pixel of the first image goes.
 * @param rowBytes How many bytes of each row to copy.
 * @param sourceRow Bytes from row to row of the source; `sourceImage` from image to image; the same for the
 *   target.
 */
export function copyImages(
  source: usize,
  target: usize,
  images: i32,
  height: i32,
  rowBytes: usize,
  sourceRow: usize,
  sourceImage: usize,
  targetRow: usize,
  targetImage: usize,
): void {
  for (let n = 0; n < images; n++) {
    let from = source;
    let to = target;
    for (let p = 0; p < height; p++) {
      memory.copy(to, from, rowBytes);
      from += sourceRow;
      to += targetRow;
    }
    source += sourceImage;
    target += targetImage;
  }
}

/**
 * Takes a matrix `[depth, columns]` apart into panels of eight columns, each `[depth][8]`; what is left
 * becomes a panel of four when it is at most four columns wide. Missing columns are zero.
 *
 * @param depthStep Bytes from row to row of the source.
 * @param columnStep Bytes from column to column of the source.
 * @param total Depth of the panels, of which this call fills the rows from `first` on.
 */
export function packPanels(
  source: usize,
  target: usize,
  depth: i32,
  columns: i32,
  depthStep: usize,
  columnStep: usize,
  total: i32,
  first: i32,
): void {
  let column = 0;
  while (column < columns) {
    const width = columns - column > 4 ? 8 : 4;
    const used = min(width, columns - column);
    let to = target + ((<usize>(first * width)) << 2);
    let from = source + <usize>column * columnStep;
    for (let k = 0; k < depth; k++) {
      if (used === 8 && columnStep === 4) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        let value = from;
        for (let j = 0; j < used; j++) {
          f32.store(to + ((<usize>j) << 2), f32.load(value));
          value += columnStep;
        }
        for (let j = used; j < width; j++) f32.store(to + ((<usize>j) << 2), 0);
      }
      to += (<usize>width) << 2;
      from += depthStep;
    }
    target += (<usize>(total * width)) << 2;
    column += width;
  }
}

/**
 * Takes pixels `[height, width, channels]` of one image apart into blocks of `block` channels, each
 * `[height'][width'][block]`, the last one filled up with zeros.
 *
 * @param target Where the first pixel of the first block goes.
 * @param pixelBytes Bytes from pixel to pixel of the source, of which these may be a part of the channels.
 * @param block 4 or 8.
 * @param sourceRow Bytes from row to row of the source.
 * @param targetRow Bytes from row to row of a block.
 * @param targetBlock Bytes from block to block.
 */
export function packBlocks(
  source: usize,
  target: usize,
  height: i32,
  width: i32,
  channels: i32,
  pixelBytes: usize,
  block: i32,
  sourceRow: usize,
  targetRow: usize,
  targetBlock: usize,
): void {
  const blockBytes = (<usize>block) << 2;
  for (let channel = 0; channel < channels; channel += block) {
    const used = min(block, channels - channel);
    let sourceLine = source + ((<usize>channel) << 2);
    let targetLine = target;
    for (let p = 0; p < height; p++) {
      let from = sourceLine;
      let to = targetLine;
      for (let q = 0; q < width; q++) {
        if (used === block) {
          v128.store(to, v128.load(from));
          if (block === 8) v128.store(to, v128.load(from, 16), 16);
        } else {
          for (let j = 0; j < used; j++) {
            f32.store(to + ((<usize>j) << 2), f32.load(from + ((<usize>j) << 2)));
          }
          for (let j = used; j < block; j++) f32.store(to + ((<usize>j) << 2), 0);
        }
        from += pixelBytes;
        to += blockBytes;
      }
      sourceLine += sourceRow;
      targetLine += targetRow;
    }
    target += targetBlock;
  }
}

/** Writes zeros. */
export function clear(address: usize, bytes: usize): void {
  memory.fill(address, 0, bytes);
}
