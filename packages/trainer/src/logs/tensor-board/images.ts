import { argumentError, assertInteger } from '@eigengan/core';
import type { StepLog } from '../step-log';
import { imageSummary } from './event';
import { pngHeader } from './png-header';
import type { SummarySource } from './summary-source';

export interface TensorBoardImages {
  /** In steps. */
  readonly every: number;
  /** The bytes of PNG files by tag, as `encodePng` of @eigengan/viz, a canvas or sharp make them. Awaited. */
  readonly of: (log: StepLog) => PngsByTag | Promise<PngsByTag>;
}

type PngsByTag = Readonly<Record<string, Uint8Array>>;

export function imageSource({ every, of }: TensorBoardImages): SummarySource {
  assertInteger('tensorBoard: images.every', every, { min: 1 });
  if (typeof of !== 'function') {
    throw argumentError('tensorBoard: images.of', 'must be a function that gives PNG files', of);
  }
  return {
    every,
    summaries: async (log) =>
      Object.entries(await of(log)).map(([tag, png]) =>
        imageSummary(tag, png, pngHeader(`tensorBoard: image ${tag}`, png)),
      ),
  };
}
