import type { Picture } from './picture';

/** A picture without the even border around it, of the color of its first pixel; all of it if there is nothing else. */
export function trimmed(picture: Picture): Picture {
  const { width, height, data } = picture;
  // Copied, not sliced: a slice of Node's Buffer shares its memory.
  const pixels = new Uint32Array(new Uint8Array(data).buffer);
  const ground = pixels[0];
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let at = 0; at < pixels.length; at++) {
    if (pixels[at] === ground) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = y;
  }
  if (right < 0) return picture;
  const inner = { width: right - left + 1, height: bottom - top + 1 };
  const rows = new Uint32Array(inner.width * inner.height);
  for (let y = 0; y < inner.height; y++) {
    const from = (top + y) * width + left;
    rows.set(pixels.subarray(from, from + inner.width), y * inner.width);
  }
  return { ...inner, data: new Uint8Array(rows.buffer) };
}
