import { barChart, encodePng, heatMap, type Picture, sideBySide } from '@eigengan/viz';
import type { Comparison } from './compare-subspaces';

/** Learned beside principal, a line a direction. */
export function table({ directions, originDistance }: Comparison, spectrum: readonly number[]): string {
  const lines = directions.map(({ place, cosine, importance, deviation, error }, i) => [
    String(place),
    cosine.toFixed(4),
    importance.toFixed(3),
    deviation.toFixed(3),
    (spectrum[i] ?? Number.NaN).toFixed(3),
    `${(100 * error).toFixed(2)} %`,
  ]);
  const heads = ['direction', '|cos|', '|importance|', 'deviation', 'of the law', 'error'];
  const widths = heads.map((head, i) => Math.max(head.length, ...lines.map((line) => line[i]?.length ?? 0)));
  const row = (cells: readonly string[]) => cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('   ');
  return [
    row(heads),
    ...lines.map(row),
    `The learned origin is ${originDistance.toFixed(3)} from the mean of the data.`,
  ].join('\n');
}

/** One line about how far training has come. */
export function progressLine(step: number, steps: number, { minCosine, maxError }: Comparison): string {
  const count = String(step).padStart(String(steps).length);
  const error = (100 * maxError).toFixed(1).padStart(5);
  return `step ${count} of ${steps}   smallest |cos| ${minCosine.toFixed(4)}   largest error ${error} %`;
}

/** The cosines as a heat map and the importances as bars, in one picture. */
function drawComparison({ cosines, directions }: Comparison, subtitle: string): Picture {
  const places = directions.map(({ place }) => String(place));
  const map = heatMap(cosines, {
    title: 'Learned and principal directions',
    subtitle: `|cos| of each pair · ${subtitle}`,
    rowLabels: places.map((place) => `learned ${place}`),
    columnLabels: places.map((place) => `PC ${place}`),
    range: [0, 1],
    decimals: 4,
    cellSize: 72,
  });
  const bars = barChart(
    [
      { name: '|importance| learned', values: directions.map(({ importance }) => importance) },
      { name: 'standard deviation', values: directions.map(({ deviation }) => deviation) },
    ],
    { title: 'Importance', labels: places, decimals: 2, plotHeight: 246 },
  );
  return sideBySide([map, bars]);
}

/** The picture as the bytes of a PNG file. */
export function comparisonPng(comparison: Comparison, subtitle: string): Promise<Uint8Array> {
  return encodePng(drawComparison(comparison, subtitle));
}
