import type { Picture } from './picture';

/** A picture, each pixel a square of `scale` pixels; alpha is kept. */
export function enlarged(picture: Picture, scale: number): Picture {
  if (scale === 1) return picture;
  const { width, height, data } = picture;
  const large = {
    width: width * scale,
    height: height * scale,
    data: new Uint8Array(data.length * scale ** 2),
  };
  const from = new Uint32Array(data.slice().buffer);
  const to = new Uint32Array(large.data.buffer);
  for (let y = 0; y < large.height; y++) {
    const row = Math.floor(y / scale) * width;
    for (let x = 0; x < large.width; x++) to[y * large.width + x] = from[row + Math.floor(x / scale)] ?? 0;
  }
  return large;
}
