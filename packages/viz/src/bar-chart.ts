import { argumentError, assertFields, assertFinite, assertInteger } from '@eigengan/core';
import { fillBox } from './canvas';
import { extent } from './extent';
import { formatNumber } from './format-number';
import { type HeadingOptions, margin, textSize } from './heading';
import { drawLegend, legendWidth, seriesColor } from './legend';
import { contentTop, page } from './page';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import { type ThemeName, themeOf } from './theme';
import { axisAround } from './value-axis';

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
/** Between the numbers on bars that stand side by side. */
const numberGap = 6;
const groupGap = 28;
const size = textSize.label;
const small = textSize.small;
const fields = ['title', 'subtitle', 'labels', 'plotHeight', 'barWidth', 'decimals', 'theme'];

/**
 * Grouped bars from zero, up or down, with round ticks and a legend.
 *
 * @param series at least one, each with a finite value for each label
 * @throws ArgumentError when there is no series or label, or a value is missing or not finite
 */
export function barChart(series: readonly BarSeries[], options: BarChartOptions): Picture {
  assertFields('barChart', options, fields);
  assertSeries(series, options.labels);
  const { labels, plotHeight = 260, barWidth = 36 } = options;
  assertInteger('barChart: plotHeight', plotHeight, { min: 40, max: 10_000 });
  assertInteger('barChart: barWidth', barWidth, { min: 2, max: 1000 });
  if (options.decimals !== undefined) {
    assertInteger('barChart: decimals', options.decimals, { min: 0, max: 10 });
  }
  const theme = themeOf('barChart', options.theme);
  const all = series.flatMap(({ values }) => values);
  const axis = axisAround([0, ...all], 'linear');
  const numberOf = (value: number) =>
    options.decimals === undefined ? '' : formatNumber(value, options.decimals);

  const numberWidth = extent(all.map((value) => textWidth(numberOf(value), small)))[1];
  const barStep = Math.max(barWidth + barGap, numberWidth + numberGap);
  const bars = series.length * barStep;
  const groupStep = Math.max(bars, ...labels.map((text) => textWidth(text, size))) + groupGap;
  const left = margin + Math.max(...axis.ticks.map(({ text }) => textWidth(text, size))) + 12;
  const plotWidth = labels.length * groupStep;
  const legendTop = contentTop(options);
  const top = legendTop + size + 24;
  // Below the lowest bars their numbers have room, too.
  const labelsTop = plotHeight + 14 + (numberWidth > 0 && all.some((value) => value < 0) ? small : 0);
  const picture = page(options, theme, {
    width: Math.max(left - margin + plotWidth, legendWidth(series)),
    height: top - legendTop + labelsTop + size,
  });
  drawLegend(picture, series, legendTop, theme);

  const toY = (value: number) => top + plotHeight * (1 - axis.part(value));
  for (const { value, text } of axis.ticks) {
    const y = Math.round(toY(value));
    fillBox(picture, { x: left, y, width: plotWidth, height: 1 }, value === 0 ? theme.muted : theme.hairline);
    const style = { size, color: theme.muted, align: 'right' } as const;
    drawText(picture, text, left - 12, y - Math.floor(size / 2), style);
  }
  for (const [group, label] of labels.entries()) {
    const middle = left + (group + 0.5) * groupStep;
    drawText(picture, label, middle, top + labelsTop, { size, color: theme.ink, align: 'center' });
    for (const [i, { values }] of series.entries()) {
      const value = values[group] ?? 0;
      const [y0, y1] = [toY(Math.max(0, value)), toY(Math.min(0, value))];
      const x = Math.round(middle - bars / 2 + (i + 0.5) * barStep - barWidth / 2);
      fillBox(picture, { x, y: y0, width: barWidth, height: y1 - y0 }, seriesColor(theme, i));
      const y = value < 0 ? y1 + 5 : y0 - 5 - small;
      const style = { size: small, color: theme.muted, align: 'center' } as const;
      drawText(picture, numberOf(value), x + barWidth / 2, y, style);
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
