import { argumentError, type LogRecord } from '@eigengan/core';
import type { TrainerCallback } from '../callbacks';
import type { StepLog } from './step-log';

export interface JsonlLogOptions {
  /** What a line holds beside `step` and `seconds`, made of the step's log. Default all of it. */
  readonly record?: ((log: StepLog) => LogRecord) | undefined;
}

/** Where lines go, and where they went before. */
export interface LineSink {
  /**
   * Called before the first line, and whenever the run has gone back: lines after `step` are not the run's.
   *
   * @returns the seconds that the run had taken by then
   */
  begin(step: number): number | Promise<number>;
  write(line: string): void | Promise<void>;
}

/**
 * A callback of `fit` that makes of each step's log a line of JSON: `step`, `images`, `seconds` (that the run
 * has taken, within `fit`, pauses included), then the rest. A metric that is NaN or infinite is null: JSON has no such numbers.
 * An event is a line of its own: `step`, `seconds`, `event` (its kind), `message`, and its numbers as `<kind>/<name>`.
 *
 * @param write gets each line, without its end; awaited. `jsonlLog` of `@eigengan/trainer/node` writes a file
 * @throws ArgumentError when `write` is not a function
 */
export function jsonlLog(
  write: (line: string) => void | Promise<void>,
  options: JsonlLogOptions = {},
): TrainerCallback {
  if (typeof write !== 'function')
    throw argumentError('jsonlLog', 'must get a function (line) => void', write);
  return lineLog({ begin: () => 0, write }, options);
}

export function lineLog(sink: LineSink, { record = (log) => log }: JsonlLogOptions): TrainerCallback {
  let next: number | undefined;
  let [seconds, mark] = [0, 0];
  return {
    onTrainBegin: () => {
      mark = performance.now();
    },
    onBatchBegin: async (step) => {
      if (step !== next) seconds = await sink.begin(step);
    },
    onBatchEnd: async (step, log) => {
      const now = performance.now();
      seconds += (now - mark) / 1000;
      mark = now;
      const { step: _, images, ...rest } = record(log);
      const ordered = { step: step + 1, images, seconds: Number(seconds.toFixed(3)), ...rest };
      await sink.write(JSON.stringify(ordered));
      next = step + 1;
    },
    onEvent: async ({ kind, step, message, numbers }) => {
      if (step !== next) seconds = await sink.begin(step);
      next = step;
      // Named apart from a step's own numbers.
      const named = Object.entries(numbers).map(([name, value]) => [`${kind}/${name}`, value]);
      const at = { step, seconds: Number(seconds.toFixed(3)) };
      await sink.write(JSON.stringify({ ...at, event: kind, message, ...Object.fromEntries(named) }));
    },
  };
}
