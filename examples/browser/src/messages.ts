import type { BackendName, BackendReport } from '@eigengan/backends';
import type { GeneratorFiles } from '@eigengan/eigengan-model';
import type { DimensionLabel, Picture } from '@eigengan/viz';

/** What a run is started with. */
export interface Settings {
  readonly backend: BackendName | 'auto';
  /** How many threads compute, on wasm. */
  readonly threads: number;
  /** Height and width of the pictures: 16, 32 or 64. */
  readonly size: number;
  /** How many features the networks have, as a factor: 0.125 to 1. */
  readonly width: number;
  /** Images per step. */
  readonly batch: number;
  readonly seed: number;
}

/** What the page tells the worker. */
export type Command =
  | {
      readonly kind: 'start';
      readonly settings: Settings;
      /** The person's own pictures; drawn portraits when there are none. */
      readonly files: readonly File[];
    }
  | { readonly kind: 'pause' | 'resume' | 'stop' };

/** The report without its signal, which cannot travel between threads. */
export type PlainReport = Omit<BackendReport, 'lost'>;

/** One eigen-dimension and the pictures along it. */
export interface DimensionRow {
  readonly label: DimensionLabel;
  readonly pictures: readonly Picture[];
}

/** What the worker tells the page. */
export type Message =
  | { readonly kind: 'started'; readonly report: PlainReport; readonly parameters: number }
  | { readonly kind: 'step'; readonly step: number; readonly dLoss: number; readonly gLoss: number }
  | { readonly kind: 'samples'; readonly pictures: readonly Picture[] }
  | { readonly kind: 'dimensions'; readonly rows: readonly DimensionRow[] }
  | { readonly kind: 'kept'; readonly step: number; readonly model: GeneratorFiles }
  | { readonly kind: 'damaged'; readonly name: string; readonly reason: string }
  | { readonly kind: 'paused'; readonly step: number }
  | { readonly kind: 'stopped'; readonly step: number }
  | { readonly kind: 'failed'; readonly reason: 'lost' | 'error'; readonly message: string };
