import { decimalsFor, formatNumber } from './format-number';
import { niceTicks } from './nice-ticks';

/** An axis: where its marks stand, and where a value does. */
export interface ValueAxis {
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  /** 0 at the axis's beginning, 1 at its end; beyond them what lies beyond. */
  part(value: number): number;
}

export type Scale = 'linear' | 'log';

/** Whether a value has a place on a scale. */
export const isDrawable =
  (scale: Scale = 'linear') =>
  (value: number) =>
    Number.isFinite(value) && (scale === 'linear' || value > 0);

/** About so many marks. */
const usual = 5;

/** Of so many values at least one at each end is an outlier, where outliers are looked for. */
const many = 20;

/**
 * An axis that goes on to the round numbers around values, or around all but the lowest and the highest part
 * `outliers` (0 to below 0.5) of them each: of 20 and more, at least one.
 *
 * @param values at least one, each drawable on the scale
 */
export function axisAround(values: readonly number[], scale: Scale, outliers = 0): ValueAxis {
  const rising = Float64Array.from(values).sort();
  const last = rising.length - 1;
  const cut = Math.max(Math.round(outliers * last), outliers > 0 && last + 1 >= many ? 1 : 0);
  const [min, max] = spread(rising[cut] ?? 0, rising[last - cut] ?? 0, scale);
  if (scale === 'linear') {
    const ticks = niceTicks(min, max, usual);
    return linearAxis(ticks, ticks[0] ?? min, ticks.at(-1) ?? max);
  }
  const ticks = logTicks(min, max);
  const below = ticks.filter((tick) => tick <= min * (1 + 1e-9)).at(-1) ?? min;
  const above = ticks.find((tick) => tick >= max * (1 - 1e-9)) ?? max;
  return logAxis(ticks, below, above);
}

/** Two values, and where they are one, but for rounding, others around it, so that it stands in the middle. */
function spread(min: number, max: number, scale: Scale): readonly [min: number, max: number] {
  if (max - min > 1e-9 * Math.max(Math.abs(min), Math.abs(max))) return [min, max];
  return scale === 'log' ? [min / 3, max * 3] : [min - Math.abs(min) / 2, max + Math.abs(max) / 2];
}

/** An axis that ends where it is told to; for a logarithmic one both ends are above 0. */
export function axisBetween(min: number, max: number, scale: Scale): ValueAxis {
  if (scale === 'log') return logAxis(logTicks(min, max), min, max);
  return linearAxis(niceTicks(min, max, usual), min, max);
}

/**
 * A linear axis that ends where it is told to; where both ends are the same, its values stand in the middle.
 *
 * @param isWhole whether its marks are whole numbers
 * @param count about so many marks
 */
export function axisAlong([min, max]: readonly [number, number], isWhole: boolean, count = usual): ValueAxis {
  if (min === max) return { ticks: labelled([min]), part: () => 0.5 };
  const ticks = niceTicks(min, max, isWhole ? Math.min(count, max - min) : count);
  return linearAxis(ticks, min, max);
}

function linearAxis(ticks: readonly number[], first: number, last: number): ValueAxis {
  return {
    ticks: labelled(ticks.filter((tick) => tick >= first && tick <= last)),
    part: (value) => (value - first) / (last - first),
  };
}

function logAxis(ticks: readonly number[], first: number, last: number): ValueAxis {
  const [start, span] = [Math.log10(first), Math.log10(last / first)];
  return {
    ticks: ticks
      .filter((tick) => tick >= first && tick <= last)
      .map((value) => ({
        value,
        text: value >= 1e-3 && value < 1e5 ? String(value) : exponential(value, 0),
      })),
    part: (value) => (Math.log10(value) - start) / span,
  };
}

/** Powers of ten around two values, with 2 and 5 times them where there are few; of many not every one. */
function logTicks(min: number, max: number): number[] {
  const [from, to] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const factors = to - from <= 2 ? [1, 2, 5] : [1];
  const step = Math.ceil((to - from) / 6) || 1;
  const ticks: number[] = [];
  for (let power = from; power <= to; power += step) {
    for (const factor of factors) ticks.push(Number(`${factor}e${power}`));
  }
  return ticks;
}

function labelled(values: readonly number[]) {
  const texts = tickTexts(values);
  return values.map((value, i) => ({ value, text: texts[i] ?? '' }));
}

/** Values as texts of one kind: plain, or with exponents where those would be long. */
function tickTexts(values: readonly number[]): string[] {
  const longest = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const decimals = decimalsFor(values);
  const plain = values.map((value) => formatNumber(value, decimals));
  if (longest(plain) <= 6) return plain;
  const digits = values.map(
    (value) => (value.toExponential().split('e')[0] ?? '').replace(/[-.]/g, '').length - 1,
  );
  const short = values.map((value) => (value === 0 ? '0' : exponential(value, Math.max(...digits))));
  return longest(short) < longest(plain) ? short : plain;
}

const exponential = (value: number, digits: number) =>
  value.toExponential(digits).replace('e+', 'e').replaceAll('-', '−');
