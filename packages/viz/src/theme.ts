import { assertOneOf } from '@eigengan/core';
import { type Color, contrast } from './color';

/** On what ground a drawing stands: near white, or near black. */
export type ThemeName = 'light' | 'dark';

/** The colors of a drawing by what they are for. */
export interface Theme {
  readonly background: Color;
  /** Text that is read first. */
  readonly ink: Color;
  /** Text that is read second. */
  readonly muted: Color;
  /** Separators, axes, the empty part of a bar. */
  readonly hairline: Color;
  /** Behind what is set off, the mode's column above all. */
  readonly band: Color;
  /** Marks and first bars. */
  readonly accent: Color;
  /** Bars and lines by series. */
  readonly series: readonly Color[];
  /** From the least to the most of a heat map. */
  readonly ramp: readonly [Color, Color, Color];
  /** What is below zero, at its most. */
  readonly negative: Color;
  /** What is above zero, at its most, where the two are told apart. */
  readonly positive: Color;
}

const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    background: [252, 251, 249],
    ink: [36, 39, 46],
    muted: [92, 97, 108],
    hairline: [226, 223, 217],
    band: [232, 238, 247],
    accent: [47, 95, 163],
    series: [
      [64, 112, 180],
      [217, 132, 58],
      [79, 154, 112],
      [154, 102, 166],
      [186, 68, 84],
      [44, 138, 152],
      [132, 116, 52],
      [110, 114, 124],
    ],
    ramp: [
      [241, 243, 246],
      [140, 178, 220],
      [35, 78, 142],
    ],
    negative: [196, 98, 54],
    positive: [45, 96, 168],
  },
  dark: {
    background: [22, 24, 29],
    ink: [231, 229, 224],
    muted: [163, 169, 181],
    hairline: [48, 52, 61],
    band: [34, 41, 54],
    accent: [143, 184, 243],
    series: [
      [112, 162, 232],
      [232, 165, 104],
      [120, 190, 152],
      [190, 144, 200],
      [236, 124, 136],
      [104, 194, 206],
      [204, 190, 116],
      [168, 172, 182],
    ],
    ramp: [
      [32, 36, 44],
      [60, 104, 164],
      [176, 214, 255],
    ],
    negative: [236, 144, 92],
    positive: [128, 178, 248],
  },
};

/** The theme whose words stand out more on a ground. */
export function themeOn(ground: Color): Theme {
  const { light, dark } = themes;
  return contrast(light.ink, ground) > contrast(dark.ink, ground) ? light : dark;
}

/**
 * The colors of a theme.
 *
 * @throws ArgumentError when there is no such theme
 */
export function themeOf(where: string, name: ThemeName = 'light'): Theme {
  assertOneOf(`${where}: theme`, name, ['light', 'dark']);
  return themes[name];
}
