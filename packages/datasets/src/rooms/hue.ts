/** Red, green and blue, 0 .. 1. */
export type Tint = readonly [red: number, green: number, blue: number];

/**
 * The brightest color of a hue, as HSV has it: 0 red, yellow, green, cyan, blue, violet, 1 red again.
 *
 * @param saturation 0 white .. 1 the pure hue
 */
export function tintOf(hue: number, saturation: number): Tint {
  const channel = (offset: number) => {
    const turned = hue + offset;
    const sixth = (turned - Math.floor(turned)) * 6;
    const pure = Math.min(1, Math.max(0, Math.abs(sixth - 3) - 1));
    return 1 + (pure - 1) * saturation;
  };
  return [channel(0), channel(2 / 3), channel(1 / 3)];
}
