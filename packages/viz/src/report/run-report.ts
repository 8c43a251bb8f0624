import type { LogRecord } from '@eigengan/core';
import type { Picture } from '../picture';

/** Plain data by name, as JSON has it; what lies inside other data gets a name with dots, `optimizer.beta1`. */
export interface ReportFacts {
  readonly [name: string]: ReportFact;
}

export type ReportFact = string | number | boolean | null | undefined | readonly ReportFact[] | ReportFacts;

/** A drawing, or the bytes of a PNG file. */
export type ReportImage = Picture | Uint8Array;

export interface ReportPicture {
  /** One for both grounds, or one for each. */
  readonly picture: ReportImage | { readonly light: ReportImage; readonly dark: ReportImage };
  /** What the picture shows, for those who cannot see it. */
  readonly alt: string;
  readonly caption?: string | undefined;
}

export interface ReportSection {
  readonly heading: string;
  /** A paragraph below the heading. */
  readonly text?: string | undefined;
  /** Any number; none leaves the section with its text. */
  readonly pictures: readonly ReportPicture[];
  /**
   * `stages`: the same thing at several times, moved through by a slider, all beside each other on paper and
   * without scripts; of many, 16 evenly spread ones are kept. Default `column`: below each other.
   */
  readonly layout?: 'column' | 'stages' | undefined;
}

/** A run as plain data. */
export interface RunReport {
  readonly title: string;
  /** A sentence below the title. */
  readonly summary?: string | undefined;
  /** What the run was started with. */
  readonly configuration: ReportFacts;
  /** Lines of `log.jsonl`. Those without a finite `step` are left out. */
  readonly records: readonly LogRecord[];
  /** The pictures, in the order in which they are to be seen. */
  readonly sections: readonly ReportSection[];
  /** Where and by what it was made. */
  readonly environment: ReportFacts;
}
