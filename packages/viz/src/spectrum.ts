import { argumentError, assertFields, assertFinite, assertInteger } from '@eigengan/core';
import { fillBox } from './canvas';
import { extent } from './extent';
import { formatNumber } from './format-number';
import { type HeadingOptions, margin, textSize } from './heading';
import { contentTop, page } from './page';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import { type ThemeName, themeOf } from './theme';

/** A number for each dimension of a layer. */
export interface SpectrumLayer {
  readonly title: string;
  /** Drawn by size, whatever the sign; a negative one is marked. */
  readonly values: readonly number[];
  /** What stands below each bar. Default: its rank, from 1. */
  readonly labels?: readonly string[] | undefined;
}

export interface SpectrumOptions extends HeadingOptions {
  /** Whether the largest bar of a layer comes first; `false` keeps the order given. Default `true`. */
  readonly sorted?: boolean | undefined;
  /** Height of the largest bar in pixels. Default 140. */
  readonly plotHeight?: number | undefined;
  /** Decimal places of the number on each bar. Default 2, more where the largest value would have no two digits. */
  readonly decimals?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const size = textSize.label;
const small = textSize.small;
const layerGap = 40;
const barGap = 6;
const barWidth = 22;
const fields = ['title', 'subtitle', 'sorted', 'plotHeight', 'decimals', 'theme'];

/**
 * What the dimensions of each layer weigh, layer beside layer on one scale: their importance, which in the
 * linear case are the principal components' standard deviations, or their activity.
 *
 * @param layers the deepest first
 * @throws ArgumentError when there is no layer, one is empty, a value is not finite, or labels are not as many
 */
export function spectrum(layers: readonly SpectrumLayer[], options: SpectrumOptions = {}): Picture {
  assertFields('spectrum', options, fields);
  assertLayers(layers);
  const [, largest] = extent(layers.flatMap(({ values }) => values.map(Math.abs)));
  const { sorted = true, plotHeight = 140, decimals = decimalsOf(largest) } = options;
  assertInteger('spectrum: plotHeight', plotHeight, { min: 20, max: 10_000 });
  assertInteger('spectrum: decimals', decimals, { min: 0, max: 10 });
  const theme = themeOf('spectrum', options.theme);
  const groups = layers.map(({ title, values, labels }) => {
    const bars = values.map((value, i) => ({ value, label: labels?.[i] }));
    if (sorted) bars.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    return {
      title,
      bars: bars.map(({ value, label }, i) => ({
        value,
        label: label ?? String(i + 1),
        text: formatNumber(value, decimals),
      })),
    };
  });
  const texts = groups.flatMap(({ bars }) =>
    bars.flatMap(({ text, label }) => [textWidth(text, small), textWidth(label, size)]),
  );
  const step = Math.max(barWidth, ...texts) + barGap;
  const widths = groups.map(({ title, bars }) =>
    Math.max(bars.length * step - barGap, textWidth(title, size)),
  );

  const titleTop = contentTop(options);
  const top = titleTop + size + 22 + small + 6;
  const picture = page(options, theme, {
    width: widths.reduce((sum, width) => sum + width + layerGap, -layerGap),
    height: top - titleTop + plotHeight + size + 14,
  });
  let left = margin;
  for (const [i, { title, bars }] of groups.entries()) {
    const groupWidth = widths[i] ?? 0;
    drawText(picture, title, left, titleTop, { size, color: theme.ink });
    fillBox(picture, { x: left, y: top + plotHeight, width: groupWidth, height: 1 }, theme.hairline);
    for (const [j, { value, label, text }] of bars.entries()) {
      const x = left + j * step;
      const middle = x + (step - barGap) / 2;
      const height = largest === 0 ? 0 : (plotHeight * Math.abs(value)) / largest;
      const color = value < 0 ? theme.negative : theme.accent;
      const box = { x: middle - barWidth / 2, y: top + plotHeight - height, width: barWidth, height };
      fillBox(picture, box, color);
      const y = box.y - 6 - small;
      drawText(picture, text, middle, y, { size: small, color: theme.muted, align: 'center' });
      const below = top + plotHeight + 12;
      drawText(picture, label, middle, below, { size, color: theme.ink, align: 'center' });
    }
    left += groupWidth + layerGap;
  }
  return picture;
}

/** Two decimal places, or as many as two digits of a smaller value take. */
function decimalsOf(largest: number): number {
  return largest === 0 ? 2 : Math.min(10, Math.max(2, 1 - Math.floor(Math.log10(largest))));
}

function assertLayers(layers: readonly SpectrumLayer[]): void {
  if (layers.length === 0) throw argumentError('spectrum: layers', 'must hold at least one', layers);
  for (const [i, { values, labels }] of layers.entries()) {
    const where = `spectrum: layers[${i}]`;
    if (values.length === 0) throw argumentError(`${where}.values`, 'must hold at least one', values);
    for (const [at, value] of values.entries()) assertFinite(`${where}.values[${at}]`, value);
    if (labels !== undefined && labels.length !== values.length) {
      throw argumentError(`${where}.labels`, `must be as many as the ${values.length} values`, labels.length);
    }
  }
}
