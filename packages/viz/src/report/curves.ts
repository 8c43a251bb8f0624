import type { LogRecord } from '@eigengan/core';
import { extent } from '../extent';
import { type CurvePanel, curveOf, curveOutliers, curvePanels, curveSmoothing } from '../log-curves';
import { movingAverage } from '../moving-average';
import { thinned } from '../thinned';
import { axisAlong, axisAround, isDrawable, type ValueAxis } from '../value-axis';
import { html, type Markup } from './markup';

// Lines are SVG and the words around them HTML: the plot takes the width there is, also a phone's, while its
// words keep their size, and both take the page's colors. A picture could do neither.

/** Units of the plot, whatever its size on the screen. */
const [width, height] = [480, 100];

const nothing = html`<p class="quiet">The log holds no numbers to draw.</p>`;

interface Line {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Its moving average. */
  readonly average: readonly number[];
}

/** The numbers of a log over its steps, a panel a kind; lines as averages, the numbers themselves behind them. */
export function curves(records: readonly LogRecord[]): Markup {
  if (records.length === 0) return nothing;
  // The log's steps, also where a number is not in every line: the panels stand for the same time.
  const steps = records.map(({ step }) => Number(step));
  const xAxis = axisAlong(extent(steps), steps.every(Number.isInteger));
  const panels = curvePanels.flatMap((panel) => {
    const isDrawn = isDrawable(panel.scale);
    const lines = panel.fields.map((name) => lineOf(records, name, isDrawn));
    const drawn = lines.filter(({ y }) => y.some(isDrawn));
    return drawn.length === 0 ? [] : [panelOf(panel, drawn, xAxis, isDrawn)];
  });
  return panels.length > 0
    ? html`<p>Averages over about ten values; the values themselves stand faintly behind. The numbers are those of the end.</p>
<div class="panels">${panels}</div>`
    : nothing;
}

function lineOf(records: readonly LogRecord[], name: string, isDrawn: (value: number) => boolean): Line {
  const curve = curveOf(records, name);
  return { ...curve, average: movingAverage(curve.y, curveSmoothing, isDrawn) };
}

function panelOf(
  panel: CurvePanel,
  lines: readonly Line[],
  xAxis: ValueAxis,
  isDrawn: (value: number) => boolean,
): Markup {
  const { title, scale = 'linear' } = panel;
  const averages = lines.flatMap(({ average }) => average).filter(isDrawn);
  const yAxis = axisAround(averages, scale, curveOutliers);
  const path = (line: Line, values: readonly number[]) => pathOf(line.x, values, xAxis, yAxis, isDrawn);
  const percent = (part: number) => Number((100 * part).toFixed(2));
  const within = ({ value }: { value: number }) => yAxis.part(value) >= 0 && yAxis.part(value) <= 1;
  const yTicks = yAxis.ticks.filter(within);
  return html`<figure class="panel"><figcaption>${title}${scale === 'log' && ', on a logarithmic scale'}</figcaption>
<ul class="legend">${lines.map(
    ({ name, average }, i) =>
      html`<li class="line-${i}">${name} <b>${short(average.filter(Number.isFinite).at(-1))}</b></li>`,
  )}</ul>
<div class="plot"><svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${title}: ${lines
    .map(words)
    .join('; ')}.">
${yTicks.map(({ value }) => {
  const y = height * (1 - percent(yAxis.part(value)) / 100);
  return html`<path class="${value === 0 ? 'zero' : 'grid'}" d="M0 ${y.toFixed(1)}H${width}"/>`;
})}
${lines.map((line, i) => html`<path class="points line-${i}" d="${path(line, line.y)}"/>`)}
${lines.map((line, i) => html`<path class="line-${i}" d="${path(line, line.average)}"/>`)}
</svg>
<div aria-hidden="true">${yTicks.map(
    ({ value, text }) => html`<span class="y" style="bottom:${percent(yAxis.part(value))}%">${text}</span>`,
  )}${xAxis.ticks.map(
    ({ value, text }) => html`<span class="x" style="left:${percent(xAxis.part(value))}%">${text}</span>`,
  )}</div></div></figure>
`;
}

/** A path through what shows of the points; what lies outside the plot is kept near it. */
function pathOf(
  x: readonly number[],
  y: readonly number[],
  xAxis: ValueAxis,
  yAxis: ValueAxis,
  isDrawn: (value: number) => boolean,
): string {
  const points = thinned(
    y.map((value, at): [number, number] | undefined => {
      if (!isDrawn(value)) return undefined;
      const down = Math.min(2, Math.max(-1, 1 - yAxis.part(value)));
      return [xAxis.part(x[at] ?? 0) * width, down * height];
    }),
  );
  let isDown = false;
  return points
    .map((point, i) => {
      if (point === undefined) {
        isDown = false;
        return '';
      }
      const place = `${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
      // A point between gaps is a line of no length, which round ends show as a dot.
      const text = isDown ? `L${place}` : points[i + 1] === undefined ? `M${place}h0` : `M${place}`;
      isDown = true;
      return text;
    })
    .join('');
}

function words({ name, x, average }: Line): string {
  const [first, last] = [average.find(Number.isFinite), average.filter(Number.isFinite).at(-1)];
  return `${name} from ${short(first)} at step ${x[0]} to ${short(last)} at step ${x.at(-1)}`;
}

function short(value = Number.NaN): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size > 0 && (size < 1e-3 || size >= 1e5))
    return value.toExponential(1).replace('-', '−').replace('e+', 'e');
  return value.toPrecision(3).replace('-', '−');
}
