import type { GeneratorFiles } from '@eigengan/eigengan-model';
import type { ExplorableDimension, Picture } from '@eigengan/viz';

/** Where a model comes from: an address of its `model.json`, or that file and its weights. */
export type ModelSource = { readonly url: string } | { readonly files: readonly File[] };

/** What the page is told of a loaded model. */
export interface LoadedModel {
  readonly dimensions: readonly ExplorableDimension[];
  readonly latentSize: number;
  /** Height and width of its pictures. */
  readonly size: readonly [number, number];
  readonly parameters: number;
  /** The same for the same weights. */
  readonly fingerprint: string;
  /** What computes, in words. */
  readonly backend: string;
}

/** What the worker can be asked, and what it answers. */
export interface Questions {
  load: { readonly asks: ModelSource; readonly answers: LoadedModel };
  render: { readonly asks: Float32Array; readonly answers: Picture };
  save: { readonly asks: Readonly<Record<string, string>>; readonly answers: GeneratorFiles };
}

export type Kind = keyof Questions;

/** A question, numbered so that its answer is known. */
export type Question = {
  [K in Kind]: { readonly number: number; readonly kind: K; readonly asks: Questions[K]['asks'] };
}[Kind];

export type Answer =
  | { readonly number: number; readonly answers: Questions[Kind]['answers'] }
  | { readonly number: number; readonly problem: string };
