import type { Color } from '../color';
import type { Picture } from '../picture';

/** The pixels of a picture, RGBA, what is see-through laid over a color. */
export function flattened({ data }: Picture, background: Color): Uint8Array {
  // Not a slice: that of Node's Buffer shares its memory.
  const flat = new Uint8Array(data);
  for (let at = 0; at < flat.length; at += 4) {
    const alpha = (flat[at + 3] ?? 0) / 255;
    if (alpha === 1) continue;
    for (let channel = 0; channel < 3; channel++) {
      const below = background[channel] ?? 0;
      flat[at + channel] = Math.round(below + ((flat[at + channel] ?? 0) - below) * alpha);
    }
    flat[at + 3] = 255;
  }
  return flat;
}
