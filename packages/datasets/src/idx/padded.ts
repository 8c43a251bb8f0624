/** An image [height, width, channels] in the middle of a black one (value 0) of at least its size. */
export function padded(
  bytes: Uint8Array,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
  [toHeight, toWidth]: readonly [height: number, width: number],
): Uint8Array {
  const out = new Uint8Array(toHeight * toWidth * channels);
  const top = Math.floor((toHeight - height) / 2);
  const left = Math.floor((toWidth - width) / 2);
  const rowLength = width * channels;
  for (let y = 0; y < height; y++) {
    const row = bytes.subarray(y * rowLength, (y + 1) * rowLength);
    out.set(row, ((top + y) * toWidth + left) * channels);
  }
  return out;
}
