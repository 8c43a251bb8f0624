import { decimalsFor, formatNumber } from './format-number';
import { niceTicks } from './nice-ticks';

/** An axis: where its marks stand, and where a value does. */
export interface ValueAxis {
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  /** 0 at the axis's beginning, 1 at its end; beyond them what lies beyond. */
  part(value: number): number;
}

export interface ValueAxisOptions {
  readonly scale: 'linear' | 'log';
  /** Whether the axis goes on to the next round numbers, or ends where the values do. */
  readonly ends: 'round' | 'exact';
}

/** About so many marks. */
const count = 5;

/** An axis for values from `min` to `max`; for a logarithmic one both are above 0. */
export function valueAxis([min, max]: readonly [number, number], options: ValueAxisOptions): ValueAxis {
  return options.scale === 'log' ? logAxis(min, max, options.ends) : linearAxis(min, max, options.ends);
}

function linearAxis(min: number, max: number, ends: 'round' | 'exact'): ValueAxis {
  const round = niceTicks(min, max, count);
  const isExact = ends === 'exact' && max > min;
  const values = isExact ? round.filter((tick) => tick >= min && tick <= max) : round;
  const [first = min, last = max] = isExact ? [min, max] : [round[0], round.at(-1)];
  const decimals = decimalsFor(values);
  return {
    ticks: values.map((value) => ({ value, text: tickText(value, decimals) })),
    part: (value) => (value - first) / (last - first),
  };
}

/** Marks at powers of ten, and at 2 and 5 times them where there are few. */
function logAxis(min: number, max: number, ends: 'round' | 'exact'): ValueAxis {
  const [from, to] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const factors = to - from <= 2 ? [1, 2, 5] : [1];
  // Of many decades not every one has a mark.
  const step = Math.ceil((to - from) / 6) || 1;
  const all: number[] = [];
  for (let power = from; power <= to; power += step) {
    for (const factor of factors) all.push(Number(`${factor}e${power}`));
  }
  const below = all.filter((tick) => tick <= min * (1 + 1e-9)).at(-1) ?? min;
  const above = all.find((tick) => tick >= max * (1 - 1e-9)) ?? max;
  const [first, last] =
    ends === 'round' && above > below ? [below, above] : [min, max > min ? max : min * 10];
  const [start, span] = [Math.log10(first), Math.log10(last / first)];
  return {
    ticks: all
      .filter((tick) => tick >= first && tick <= last)
      .map((value) => ({ value, text: value >= 1e-3 && value < 1e5 ? String(value) : exponential(value) })),
    part: (value) => (Math.log10(value) - start) / span,
  };
}

function tickText(value: number, decimals: number): string {
  const size = Math.abs(value);
  return size >= 1e5 || (size > 0 && size < 1e-3) ? exponential(value) : formatNumber(value, decimals);
}

const exponential = (value: number) =>
  value.toExponential(1).replace('.0', '').replace('e+', 'e').replaceAll('-', '−');
