import { argumentError, assertFields, assertFinite, assertInteger, assertOneOf } from '@eigengan/core';
import { type Box, fillBox } from './canvas';
import { drawLine, type Point } from './draw-line';
import { extent } from './extent';
import { type HeadingOptions, margin, textSize } from './heading';
import { drawLegend, legendWidth, seriesColor } from './legend';
import { movingAverage } from './moving-average';
import { contentTop, page } from './page';
import type { Picture } from './picture';
import { drawText, textWidth } from './text';
import { type Theme, type ThemeName, themeOf } from './theme';
import { thinned } from './thinned';
import { axisAlong, axisAround, axisBetween, isDrawable, type Scale, type ValueAxis } from './value-axis';

/** A line: a value at each place. */
export interface LineSeries {
  readonly name: string;
  /** Where each value stands, never falling. Steps, mostly. */
  readonly x: readonly number[];
  /** As many. What is not finite, or not above 0 on a logarithmic scale, is a gap in the line. */
  readonly y: readonly number[];
}

export interface LineChartOptions extends HeadingOptions {
  /** What x is, below the plot. Default none. */
  readonly xTitle?: string | undefined;
  /** Default `linear`. */
  readonly scale?: Scale | undefined;
  /**
   * Weight of the past in a moving average over the points, 0 to below 1, as the logs of TensorBoard have it
   * (corrected for its beginning); the points themselves then stand faintly behind. Default 0: the points.
   */
  readonly smoothing?: number | undefined;
  /** Where x begins and ends, to bring charts in line; the lines are cut there. Default: where the lines do. */
  readonly xRange?: readonly [min: number, max: number] | undefined;
  /** Values at the lower and the upper edge, beyond which the lines are cut. Default: round ones around the lines. */
  readonly range?: readonly [min: number, max: number] | undefined;
  /**
   * The part of the drawn values, lowest and highest each, that need not lie within the edges; of 20 values and more
   * at least one. Default 0: none.
   */
  readonly outliers?: number | undefined;
  /** Pixels that the numbers beside the plot take at least, to bring charts in line. Default: what they need. */
  readonly axisWidth?: number | undefined;
  /** Width of the plot in pixels. Default 560. */
  readonly plotWidth?: number | undefined;
  /** Height of the plot in pixels. Default 200. */
  readonly plotHeight?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

const fields = [
  ...['title', 'subtitle', 'xTitle', 'scale', 'smoothing', 'xRange', 'range'],
  ...['outliers', 'axisWidth', 'plotWidth', 'plotHeight', 'theme'],
];
const size = textSize.label;
/** Between the numbers below the plot, in pixels, at least. */
const tickGap = 16;
const radius = 0.9;
/** Of the points behind their average. */
const faint = 0.25;

/**
 * Lines over a common x, with round ticks and a legend.
 *
 * @throws ArgumentError when there is nothing to draw, x and y differ in number, x falls, or an option is out of
 * its range
 */
export function lineChart(series: readonly LineSeries[], options: LineChartOptions = {}): Picture {
  assertFields('lineChart', options, fields);
  const { scale = 'linear', smoothing = 0, outliers = 0, xTitle = '' } = options;
  const { axisWidth = 0, plotWidth = 560, plotHeight = 200 } = options;
  assertOneOf('lineChart: scale', scale, ['linear', 'log']);
  assertFinite('lineChart: smoothing', smoothing, { min: 0, max: 0.9999 });
  assertFinite('lineChart: outliers', outliers, { min: 0, max: 0.4 });
  assertInteger('lineChart: axisWidth', axisWidth, { min: 0, max: 10_000 });
  assertInteger('lineChart: plotWidth', plotWidth, { min: 40, max: 10_000 });
  assertInteger('lineChart: plotHeight', plotHeight, { min: 40, max: 10_000 });
  const theme = themeOf('lineChart', options.theme);
  const isDrawn = isDrawable(scale);
  assertSeries(series, isDrawn);

  const xAxis = xAxisOf(
    series.flatMap(({ x }) => x),
    plotWidth,
    options.xRange,
  );
  const lines = series.map(({ y }) => movingAverage(y, smoothing, isDrawn));
  const yAxis = yAxisOf(lines.flat().filter(isDrawn), scale, outliers, options.range);
  const left = margin + Math.max(axisWidth, ...yAxis.ticks.map(({ text }) => textWidth(text, size))) + 12;
  const legendTop = contentTop(options);
  const top = legendTop + size + 24;
  const footer = size + 14 + (xTitle === '' ? 0 : size + 12);
  const last = xAxis.ticks.at(-1);
  // A long number below the plot's end goes beyond it, into the margin's half at most.
  const overhang = last === undefined ? 0 : Math.max(0, Math.ceil((textWidth(last.text, size) - margin) / 2));
  const picture = page(options, theme, {
    width: Math.max(left - margin + plotWidth + overhang, legendWidth(series)),
    height: top - legendTop + plotHeight + footer,
  });
  drawLegend(picture, series, legendTop, theme);
  const plot = { x: left, y: top, width: plotWidth, height: plotHeight };
  drawAxes(picture, plot, xAxis, yAxis, theme);
  const titleY = top + plotHeight + size + 26;
  drawText(picture, xTitle, left + plotWidth / 2, titleY, { size, color: theme.muted, align: 'center' });

  for (const [i, { x, y }] of series.entries()) {
    const points = (values: readonly number[]) =>
      thinned(
        values.map((value, at): Point | undefined =>
          isDrawn(value)
            ? [left + xAxis.part(x[at] ?? 0) * plotWidth, top + (1 - yAxis.part(value)) * plotHeight]
            : undefined,
        ),
      );
    const style = { color: seriesColor(theme, i), radius, clip: plot };
    if (smoothing > 0) drawLine(picture, points(y), { ...style, opacity: faint });
    drawLine(picture, points(lines[i] ?? []), { ...style, opacity: 1 });
  }
  return picture;
}

/** The axis of x, with as many marks as have room for their numbers. */
function xAxisOf(places: readonly number[], plotWidth: number, range: LineChartOptions['xRange']): ValueAxis {
  if (range !== undefined) {
    assertFinite('lineChart: xRange[0]', range[0]);
    assertFinite('lineChart: xRange[1]', range[1], { min: range[0] });
  }
  const ends = range ?? extent(places);
  const isWhole = [...ends, ...places].every(Number.isInteger);
  for (let count = 5; count > 1; count--) {
    const axis = axisAlong(ends, isWhole, count);
    const needed = axis.ticks.reduce((sum, { text }) => sum + textWidth(text, size) + tickGap, -tickGap);
    if (needed <= plotWidth) return axis;
  }
  return axisAlong(ends, isWhole, 1);
}

function yAxisOf(
  values: readonly number[],
  scale: Scale,
  outliers: number,
  range: LineChartOptions['range'],
): ValueAxis {
  if (range === undefined) return axisAround(values, scale, outliers);
  assertFinite('lineChart: range[0]', range[0], scale === 'log' ? { exclusiveMin: 0 } : {});
  assertFinite('lineChart: range[1]', range[1], { exclusiveMin: range[0] });
  return axisBetween(...range, scale);
}

function drawAxes(picture: Picture, plot: Box, xAxis: ValueAxis, yAxis: ValueAxis, theme: Theme): void {
  const bottom = plot.y + plot.height;
  for (const { value, text } of yAxis.ticks) {
    const y = Math.round(bottom - yAxis.part(value) * plot.height);
    const color = value === 0 ? theme.muted : theme.hairline;
    fillBox(picture, { x: plot.x, y, width: plot.width, height: 1 }, color);
    const style = { size, color: theme.muted, align: 'right' } as const;
    drawText(picture, text, plot.x - 12, y - Math.floor(size / 2), style);
  }
  for (const { value, text } of xAxis.ticks) {
    const x = Math.round(plot.x + xAxis.part(value) * plot.width);
    fillBox(picture, { x, y: bottom, width: 1, height: 5 }, theme.muted);
    drawText(picture, text, x, bottom + 14, { size, color: theme.muted, align: 'center' });
  }
}

function assertSeries(series: readonly LineSeries[], isDrawn: (value: number) => boolean): void {
  if (series.length === 0) throw argumentError('lineChart: series', 'must hold at least one', series);
  for (const [i, { x, y }] of series.entries()) {
    const where = `lineChart: series[${i}]`;
    if (x.length !== y.length)
      throw argumentError(`${where}.y`, `must be as many as x, ${x.length}`, y.length);
    for (const [at, place] of x.entries()) {
      assertFinite(`${where}.x[${at}]`, place, { min: x[at - 1] ?? Number.NEGATIVE_INFINITY });
    }
  }
  if (series.some(({ y }) => y.some(isDrawn))) return;
  throw argumentError('lineChart: series', 'must hold at least one value that can be drawn', series);
}
