import { argumentError, assertFields, type LogRecord } from '@eigengan/core';
import type { HeadingOptions } from './heading';
import { lineChart } from './line-chart';
import { isDrawable } from './moving-average';
import type { Picture } from './picture';
import { stacked } from './stacked';
import type { ThemeName } from './theme';

/** One chart of several numbers of a log. */
export interface CurvePanel {
  readonly title: string;
  /** Fields of the records; those that no record has are left out. */
  readonly fields: readonly string[];
  /** Default `linear`. */
  readonly scale?: 'linear' | 'log' | undefined;
}

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

/** What is drawn of a log. */
export const curvePanels: readonly CurvePanel[] = [
  { title: 'Losses', fields: ['d_loss', 'g_loss'] },
  { title: 'Penalty', fields: ['penalty', 'r1', 'gp'], scale: 'log' },
  { title: 'Orthonormality error', fields: ['orthogonality'], scale: 'log' },
];

/** A first step may be a thousand times off: it must not press the others flat. */
const outliers = 0.005;
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
  const { panels = curvePanels, smoothing = 0.9, plotHeight = 160, plotWidth, theme } = options;
  const charts = panels.flatMap(({ title, fields: names, scale }) => {
    const series = names.map((name) => seriesOf(records, name)).filter(({ y }) => y.some(isDrawable(scale)));
    if (series.length === 0) return [];
    const size = { axisWidth, plotHeight, plotWidth };
    return [lineChart(series, { title, scale, smoothing, outliers, ...size, theme, xTitle: 'step' })];
  });
  if (charts.length === 0) {
    const wanted = panels.flatMap((panel) => panel.fields).join(', ');
    throw argumentError('trainingCurves: records', `must hold a step and one of ${wanted}`, records[0]);
  }
  return stacked(charts, { title: options.title, subtitle: options.subtitle, theme });
}

function seriesOf(records: readonly LogRecord[], name: string) {
  const points = records.flatMap((record) => {
    const { step, [name]: value } = record;
    return typeof step === 'number' && typeof value === 'number' ? [[step, value] as const] : [];
  });
  return { name, x: points.map(([step]) => step), y: points.map(([, value]) => value) };
}
