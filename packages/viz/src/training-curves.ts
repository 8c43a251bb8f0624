import { argumentError, assertFields, type LogRecord } from '@eigengan/core';
import { extent } from './extent';
import type { HeadingOptions } from './heading';
import { lineChart } from './line-chart';
import { type CurvePanel, curveOf, curveOutliers, curvePanels, curveSmoothing } from './log-curves';
import type { Picture } from './picture';
import { stacked } from './stacked';
import type { ThemeName } from './theme';
import { isDrawable } from './value-axis';

export interface TrainingCurvesOptions extends HeadingOptions {
  /** Default: losses; penalties; orthonormality; speed. A panel without any field of the log is left out. */
  readonly panels?: readonly CurvePanel[] | undefined;
  /** As of `lineChart`. Default 0.9. */
  readonly smoothing?: number | undefined;
  /** Width of the plots in pixels. Default 560. */
  readonly plotWidth?: number | undefined;
  /** Height of each plot in pixels. Default 160. */
  readonly plotHeight?: number | undefined;
  /** Default `light`. */
  readonly theme?: ThemeName | undefined;
}

/** Room for `0.001` or `1e−5`, so that the plots stand in line. */
const axisWidth = 56;

const fields = ['title', 'subtitle', 'panels', 'smoothing', 'plotWidth', 'plotHeight', 'theme'];

/**
 * How a run went: the numbers of its log over the steps, a panel a kind.
 *
 * @param records lines of `log.jsonl`, or what `trainer.step` returned, each with its `step`; the steps rise
 * @throws ArgumentError when no record has a step and a number to draw, or the steps fall
 */
export function trainingCurves(records: readonly LogRecord[], options: TrainingCurvesOptions = {}): Picture {
  assertFields('trainingCurves', options, fields);
  const { panels = curvePanels, smoothing = curveSmoothing, plotHeight = 160, plotWidth, theme } = options;
  // All over the same steps, also where a number is not in every line.
  const steps = records.map(({ step }) => Number(step)).filter(Number.isFinite);
  const xRange = steps.length === 0 ? undefined : extent(steps);
  const charts = panels.flatMap(({ title, fields: names, scale }) => {
    const series = names.map((name) => curveOf(records, name)).filter(({ y }) => y.some(isDrawable(scale)));
    if (series.length === 0) return [];
    const size = { axisWidth, plotHeight, plotWidth };
    const options = { title, scale, smoothing, outliers: curveOutliers, xRange, ...size, theme };
    return [lineChart(series, { ...options, xTitle: 'step' })];
  });
  if (charts.length === 0) {
    const wanted = panels.flatMap((panel) => panel.fields).join(', ');
    throw argumentError('trainingCurves: records', `must hold a step and one of ${wanted}`, records[0]);
  }
  return stacked(charts, { title: options.title, subtitle: options.subtitle, theme });
}
