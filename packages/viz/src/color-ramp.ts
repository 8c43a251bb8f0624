import { type Color, mix } from './color';
import type { Theme } from './theme';

/** The color of a part, 0 to 1, of the most there is. */
export function rampColor({ ramp: [least, middle, most] }: Theme, part: number): Color {
  return part < 0.5 ? mix(least, middle, part * 2) : mix(middle, most, part * 2 - 1);
}

/** The color of a value from -1 over 0, the faintest, to 1. */
export function signedColor({ ramp: [faintest], negative, positive }: Theme, value: number): Color {
  return value < 0 ? mix(faintest, negative, -value) : mix(faintest, positive, value);
}
