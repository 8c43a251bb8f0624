import { argumentError } from '@eigengan/core';
import type { TrainerCallback } from '../../callbacks';
import { startRecord, summaryRecord, versionRecord } from './event';
import { histogramSource, type TensorBoardHistograms } from './histograms';
import { imageSource, type TensorBoardImages } from './images';
import { scalarSource, type TensorBoardScalars } from './scalars';

/** What to show in TensorBoard, by tag: tags that are alike up to a `/` are a group there. */
export interface TensorBoardContent {
  /** Curves. Default: the numbers of each step's log. */
  readonly scalars?: TensorBoardScalars | undefined;
  /** Pictures. Default none. */
  readonly images?: TensorBoardImages | undefined;
  /** Distributions of values. Default none. */
  readonly histograms?: TensorBoardHistograms | undefined;
}

export interface TensorBoardOptions extends TensorBoardContent {
  /** Gets an event file's bytes part by part, as steps have something to show. Awaited. */
  readonly write: (bytes: Uint8Array) => void | Promise<void>;
}

/**
 * A callback of `fit` that writes an event file for TensorBoard, anywhere: in a browser to an array, say, for a
 * download named `events.out.tfevents.1700000000.page`. `tensorBoard` of `@eigengan/trainer/node` writes it
 * into a folder. When the trainer goes on from an earlier step, TensorBoard is told to drop what came after it.
 *
 * @throws ArgumentError when an option breaks a rule, naming it; from `fit`, when importances are to be shown
 * and the generator has none, and when an `of` gives what is no PNG file or no tensor
 */
export function tensorBoard({ write, ...content }: TensorBoardOptions): TrainerCallback {
  if (typeof write !== 'function') {
    throw argumentError('tensorBoard: write', 'must be a function (bytes) => void', write);
  }
  const { scalars = {}, images, histograms } = content;
  const sources = [scalarSource(scalars)];
  if (images !== undefined) sources.push(imageSource(images));
  if (histograms !== undefined) sources.push(histogramSource(histograms));
  let next: number | undefined;
  return {
    setModel(generator) {
      for (const source of sources) source.setModel?.(generator);
    },
    async onBatchBegin(step) {
      if (step === next) return;
      if (next === undefined) await write(versionRecord());
      await write(startRecord(step + 1));
      next = step;
    },
    async onBatchEnd(step, log) {
      const due = sources.filter(({ every }) => (step + 1) % every === 0);
      const summaries: Uint8Array[] = [];
      for (const source of due) summaries.push(...(await source.summaries(log)));
      if (summaries.length > 0) await write(summaryRecord(step + 1, summaries));
      next = step + 1;
    },
  };
}
