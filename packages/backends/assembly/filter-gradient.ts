import { correlate } from './correlate';

/**
 * Adds to the gradient of a filter what a group of images contributes: for every tap and every block of
 * four input channels a correlation with every block of eight output channels.
 *
 * @param x The input's blocks, at the pixel that tap 0, 0 of the first output pixel covers.
 * @param xStep From output pixel to output pixel, in bytes of the input; `xRow` from row to row, `xImage`
 *   from image to image.
 * @param tapRow From tap to tap of a column of the filter, in bytes of the input; `tapColumn` of a row.
 * @param xBlock From block to block of the input, in bytes.
 * @param dy The output gradient's blocks `[images, height, width, 8]`, `dyBlock` bytes apart.
 * @param output `[tapRows, tapColumns, xBlocks * 4, columns]`, rows `outputRow` bytes apart.
 */
export function filterGradient(
  x: usize,
  xStep: usize,
  xRow: usize,
  xImage: usize,
  tapRows: i32,
  tapColumns: i32,
  tapRow: usize,
  tapColumn: usize,
  xBlocks: i32,
  xBlock: usize,
  dy: usize,
  dyBlocks: i32,
  dyBlock: usize,
  images: i32,
  height: i32,
  width: i32,
  output: usize,
  outputRow: usize,
): void {
  const dyRow = (<usize>width) << 5;
  const dyImage = dyRow * <usize>height;
  for (let panel = 0; panel < dyBlocks; panel++) {
    let target = output + ((<usize>panel) << 5);
    for (let i = 0; i < tapRows; i++) {
      for (let j = 0; j < tapColumns; j++) {
        let from = x + tapRow * <usize>i + tapColumn * <usize>j;
        for (let block = 0; block < xBlocks; block++) {
          correlate(
            from,
            xStep,
            xRow,
            xImage,
            dy,
            32,
            dyRow,
            dyImage,
            images,
            height,
            width,
            target,
            outputRow,
          );
          from += xBlock;
          target += outputRow << 2;
        }
      }
    }
    dy += dyBlock;
  }
}

/**
 * The same for at most four output channels, with the roles exchanged: eight neighbouring floats of the
 * input, which may cross from tap to tap, by four output channels.
 *
 * @param x The padded input, channels last.
 * @param xBlocks How many groups of eight floats cover one row of taps.
 * @param dy `[images, height, width, 4]`, filled up with zeros.
 * @param output `[4, tapRows, xBlocks * 8]`, rows `outputRow` bytes apart.
 */
export function filterGradientOfFew(
  x: usize,
  xStep: usize,
  xRow: usize,
  xImage: usize,
  tapRows: i32,
  tapRow: usize,
  xBlocks: i32,
  dy: usize,
  images: i32,
  height: i32,
  width: i32,
  output: usize,
  outputRow: usize,
): void {
  const dyRow = (<usize>width) << 4;
  const dyImage = dyRow * <usize>height;
  for (let i = 0; i < tapRows; i++) {
    for (let block = 0; block < xBlocks; block++) {
      correlate(
        dy,
        16,
        dyRow,
        dyImage,
        x + tapRow * <usize>i + ((<usize>block) << 5),
        xStep,
        xRow,
        xImage,
        images,
        height,
        width,
        output,
        outputRow,
      );
      output += 32;
    }
  }
}
