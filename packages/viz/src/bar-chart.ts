import { argumentError, assertFinite, assertInteger } from '@eigengan/core';
import { blankPicture, fillBox } from './canvas';
import { decimalsFor, formatNumber } from './format-number';
import { drawHeading, type HeadingOptions, headingHeight, headingWidth, margin, textSize } from './heading';
import { drawLegend, legendWidth, seriesColor } from './legend';
import { niceTicks } from './nice-ticks';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import { type ThemeName, themeOf } from './theme';

/** Bars of one color: one value for each label of the chart. */
export interface BarSeries {
  readonly name: string;
  readonly values: readonly number[];
}

export interface BarChartOptions extends HeadingOptions {
  /** One text for each group of bars, below it. */
  readonly labels: readonly string[];
  /** Height of the plot in pixels. Default 260. */
  readonly plotHeight?: number | undefined;
  /** Width of a bar in pixels. Default 36. */
  readonly barWidth?: number | undefined;
  /** Decimal places of the number on each bar. Default: none is written. */
  readonly decimals?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const barGap = 3;
const groupGap = 28;
const size = textSize.label;

/**
 * Grouped bars from zero, up or down, with round ticks and a legend.
 *
 * @param series at least one, each with a finite value for each label
 * @throws ArgumentError when there is no series or label, or a value is missing or not finite
 */
export function barChart(series: readonly BarSeries[], options: BarChartOptions): Picture {
  assertSeries(series, options.labels);
  const { labels, plotHeight = 260, barWidth = 36 } = options;
  assertInteger('barChart: plotHeight', plotHeight, { min: 40, max: 10_000 });
  assertInteger('barChart: barWidth', barWidth, { min: 2, max: 1000 });
  if (options.decimals !== undefined) {
    assertInteger('barChart: decimals', options.decimals, { min: 0, max: 10 });
  }
  const theme = themeOf('barChart', options.theme);
  const all = series.flatMap(({ values }) => values);
  const ticks = niceTicks(Math.min(0, ...all), Math.max(0, ...all), 5);
  const [lowest = 0, highest = 1] = [ticks[0], ticks.at(-1)];
  const tickTexts = ticks.map((tick) => formatNumber(tick, decimalsFor(ticks)));

  const bars = series.length * (barWidth + barGap) - barGap;
  const groupStep = Math.max(bars, ...labels.map((text) => textWidth(text, size))) + groupGap;
  const left = margin + Math.max(...tickTexts.map((text) => textWidth(text, size))) + 12;
  const plotWidth = labels.length * groupStep;
  const top = margin + headingHeight(options) + size + 24;
  const inner = Math.max(left - margin + plotWidth, headingWidth(options), legendWidth(series));
  const picture = blankPicture(inner + 2 * margin, top + plotHeight + size + 14 + margin, theme.background);
  drawHeading(picture, options, theme);
  drawLegend(picture, series, margin + headingHeight(options), theme);

  const toY = (value: number) => top + (plotHeight * (highest - value)) / (highest - lowest);
  for (const [i, tick] of ticks.entries()) {
    const y = Math.round(toY(tick));
    fillBox(picture, { x: left, y, width: plotWidth, height: 1 }, tick === 0 ? theme.muted : theme.hairline);
    const style = { size, color: theme.muted, align: 'right' } as const;
    drawText(picture, tickTexts[i] ?? '', left - 12, y - Math.floor(size / 2), style);
  }
  for (const [group, label] of labels.entries()) {
    const middle = left + (group + 0.5) * groupStep;
    drawText(picture, label, middle, top + plotHeight + 14, { size, color: theme.ink, align: 'center' });
    for (const [i, { values }] of series.entries()) {
      const value = values[group] ?? 0;
      const [y0, y1] = [toY(Math.max(0, value)), toY(Math.min(0, value))];
      const x = Math.round(middle - bars / 2 + i * (barWidth + barGap));
      fillBox(picture, { x, y: y0, width: barWidth, height: y1 - y0 }, seriesColor(theme, i));
      if (options.decimals === undefined) continue;
      const text = formatNumber(value, options.decimals);
      const y = value < 0 ? y1 + 5 : y0 - 5 - textSize.small;
      const style = { size: textSize.small, color: theme.muted, align: 'center' } as const;
      drawText(picture, text, x + barWidth / 2, y, style);
    }
  }
  return picture;
}

function assertSeries(series: readonly BarSeries[], labels: readonly string[]): void {
  if (series.length === 0) throw argumentError('barChart: series', 'must hold at least one', series);
  if (labels.length === 0) throw argumentError('barChart: labels', 'must hold at least one', labels);
  for (const [i, { values }] of series.entries()) {
    const where = `barChart: series[${i}].values`;
    if (values.length !== labels.length) {
      throw argumentError(
        where,
        `must hold one value for each of the ${labels.length} labels`,
        values.length,
      );
    }
    for (const [at, value] of values.entries()) assertFinite(`${where}[${at}]`, value);
  }
}
