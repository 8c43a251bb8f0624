/** Planes one after the other as [height, width, channels]. */
export function interleaved(planes: Uint8Array, channels: number): Uint8Array {
  if (channels === 1) return planes;
  const plane = planes.length / channels;
  const data = new Uint8Array(planes.length);
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0, from = channel * plane, to = channel; i < plane; i++, to += channels) {
      data[to] = planes[from + i]!;
    }
  }
  return data;
}
