/** Red, green and blue, 0 .. 255, as sRGB stores them. */
export type Color = readonly [red: number, green: number, blue: number];

/** From a to b as t goes from 0 to 1. */
export function mix(a: Color, b: Color, t: number): Color {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** Black, browns, auburn, ginger, blond, silver blond. */
const hair: readonly Color[] = [
  [38, 33, 42],
  [70, 47, 40],
  [112, 70, 46],
  [160, 82, 44],
  [206, 124, 58],
  [230, 178, 96],
  [240, 214, 160],
];

/** Deep to fair. */
const skin: readonly Color[] = [
  [98, 62, 46],
  [140, 90, 62],
  [184, 126, 88],
  [222, 166, 124],
  [244, 200, 164],
  [252, 218, 190],
];

/** Pastels once around the hue circle, of like lightness. */
const background: readonly Color[] = [
  [242, 140, 140],
  [245, 168, 118],
  [244, 204, 112],
  [200, 214, 112],
  [134, 208, 136],
  [104, 206, 180],
  [104, 194, 220],
  [120, 168, 236],
  [150, 146, 238],
  [188, 140, 230],
  [226, 138, 212],
  [242, 136, 174],
];

/** 0 black .. 1 silver blond. */
export function hairColor(t: number): Color {
  return along(hair, t * (hair.length - 1));
}

/** 0 deep .. 1 fair. */
export function skinColor(t: number): Color {
  return along(skin, t * (skin.length - 1));
}

/** Once around the hue circle from 0 to 1, red first, then yellow, green, blue, violet. */
export function backgroundColor(t: number): Color {
  return along(background, (t - Math.floor(t)) * background.length);
}

function along(stops: readonly Color[], position: number): Color {
  const from = Math.floor(position);
  const a = stops[from % stops.length]!;
  const b = stops[(from + 1) % stops.length]!;
  return mix(a, b, position - from);
}
