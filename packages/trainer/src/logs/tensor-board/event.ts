import { joinBytes } from '@eigengan/core';
import type { Histogram } from './histogram';
import type { PngHeader } from './png-header';
import { bytes, double, doubles, float, integer, text } from './protobuf';
import { tfRecord } from './tf-record';

/**
 * Records of an event file, as TensorBoard reads them. Field numbers are those of `event.proto` and
 * `summary.proto` of TensorFlow.
 */

/** What an event file begins with. */
export function versionRecord(): Uint8Array {
  return eventRecord(0, text(3, 'brain.Event:2'));
}

/** Says that the run goes on at `step`: what was written of this step and later ones is not the run's. */
export function startRecord(step: number): Uint8Array {
  return eventRecord(step, bytes(7, integer(1, 1)));
}

/** What was seen at a step: summaries of any kind. */
export function summaryRecord(step: number, summaries: readonly Uint8Array[]): Uint8Array {
  return eventRecord(step, bytes(5, ...summaries));
}

export function scalarSummary(tag: string, value: number): Uint8Array {
  return bytes(1, text(1, tag), float(2, value));
}

export function imageSummary(
  tag: string,
  png: Uint8Array,
  { width, height, channels }: PngHeader,
): Uint8Array {
  const image = [integer(1, height), integer(2, width), integer(3, channels), bytes(4, png)];
  return bytes(1, text(1, tag), bytes(4, ...image));
}

export function histogramSummary(tag: string, histogram: Histogram): Uint8Array {
  const { min, max, count, sum, sumOfSquares, limits, counts } = histogram;
  const moments = [double(1, min), double(2, max), double(3, count), double(4, sum), double(5, sumOfSquares)];
  return bytes(1, text(1, tag), bytes(5, ...moments, doubles(6, limits), doubles(7, counts)));
}

function eventRecord(step: number, what: Uint8Array): Uint8Array {
  const time = double(1, Date.now() / 1000);
  // A step of 0 is the default, and left out.
  return tfRecord(joinBytes(step === 0 ? [time, what] : [time, integer(2, step), what]));
}
