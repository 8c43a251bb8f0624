import type { Place } from './place';
import { describePlace, place } from './place';
import type { VariantName } from './variants';

/** What the suite found about a backend in one place; a line of the table in the package's README. */
export interface BackendResult {
  readonly variant: VariantName;
  readonly place: Place;
  /** The place with its version. */
  readonly where: string;
  /** Why the backend was not tested; all that follows is then absent. */
  readonly skipped?: string | undefined;
  readonly device?: string | undefined;
  /** Whether a program plays the GPU. */
  readonly software?: boolean | undefined;
  readonly threads?: number | undefined;
  /** Whether ten steps gave what they give on `cpu`. */
  readonly trains?: boolean | undefined;
  readonly secondOrder?: { readonly passed: number; readonly total: number } | undefined;
  /** From `cpu`, as a part of the largest number of a tensor, and in what. */
  readonly largestDifference?: { readonly error: number; readonly at: string } | undefined;
  /** Of one training step; absent when no time was measured. */
  readonly milliseconds?: number | undefined;
}

/** Writes the file of this variant and place, `results/<variant>-<place>.json`. */
export async function writeResult(result: Omit<BackendResult, 'place' | 'where'>): Promise<void> {
  const file = `results/${result.variant}-${place.toLowerCase()}.json`;
  const text = `${JSON.stringify({ place, where: describePlace(), ...result }, null, 2)}\n`;
  if (place === 'Node') {
    const { writeFile } = await import('node:fs/promises');
    await writeFile(new URL(file, import.meta.url), text);
  } else {
    const { commands } = await import('vitest/browser');
    await commands.writeFile(`tests/backends/${file}`, text);
  }
}
