import type { LogRecord } from '@eigengan/core';
import type { Scale } from './value-axis';

/** One chart of several numbers of a log. */
export interface CurvePanel {
  readonly title: string;
  /** Fields of the records; those that no record has are left out. */
  readonly fields: readonly string[];
  /** Default `linear`. */
  readonly scale?: Scale | undefined;
}

/** What is drawn of a log. */
export const curvePanels: readonly CurvePanel[] = [
  { title: 'Losses', fields: ['d_loss', 'g_loss'] },
  { title: 'Penalty', fields: ['penalty', 'r1', 'gp'], scale: 'log' },
  { title: 'Orthonormality error', fields: ['orthogonality'], scale: 'log' },
];

/** Weight of the past in the lines' moving averages. */
export const curveSmoothing = 0.9;

/** The part of the averages, lowest and highest each, that a plot may cut off: a first step may be a thousand times off. */
export const curveOutliers = 0.005;

/**
 * One number of a log over its steps. A record without it says nothing of it; one that holds no number there (`null`
 * stands for what was not finite) is a gap, NaN.
 */
export function curveOf(records: readonly LogRecord[], name: string) {
  const known = records.filter((record) => typeof record.step === 'number' && record[name] !== undefined);
  return {
    name,
    x: known.map(({ step }) => Number(step)),
    y: known.map(({ [name]: value }) => (typeof value === 'number' ? value : Number.NaN)),
  };
}
