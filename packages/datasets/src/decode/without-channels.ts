import type { Picture } from '../pictures/picture';

/** The picture without its alpha when that is 255 everywhere; otherwise the same. */
export function withoutOpaqueAlpha(picture: Picture): Picture {
  const { height, width, channels, data } = picture;
  if (channels === 1 || channels === 3) return picture;
  for (let i = channels - 1; i < data.length; i += channels) if (data[i] !== 255) return picture;
  const colors = channels === 4 ? 3 : 1;
  const opaque = new Uint8Array(height * width * colors);
  for (let from = 0, to = 0; to < opaque.length; from += channels) {
    for (let c = 0; c < colors; c++) opaque[to++] = data[from + c]!;
  }
  return { height, width, channels: colors, data: opaque };
}

/** The picture in gray, of three colors that are equal: the first of them, and alpha where there is one. */
export function withoutColors(picture: Picture): Picture {
  const { height, width, channels, data } = picture;
  if (channels < 3) return picture;
  const to = channels === 4 ? 2 : 1;
  const gray = new Uint8Array(height * width * to);
  for (let i = 0, from = 0; i < gray.length; i += to, from += channels) {
    gray[i] = data[from]!;
    if (to === 2) gray[i + 1] = data[from + 3]!;
  }
  return { height, width, channels: to, data: gray };
}
