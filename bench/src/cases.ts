import { argumentError } from '@eigengan/core';
import { type Preset, presets } from '@eigengan/eigengan-model';

/** What is trained, as both sides are told. */
export interface BenchCase extends Preset {
  /** Images in a step, and in a sampled batch. */
  readonly batch: number;
}

/** A small model, for a CPU. */
export const light = (size: number): Preset => ({
  generator: { size, width: 0.5, ranks: Array.from({ length: Math.log2(size / 4) }, () => 6), noise: 64 },
  discriminator: { size, width: 0.5, denseWidth: 128 },
});

/** By what follows the name of a piece of work: `step32`, `samplePaper64`. */
export const cases = {
  '32': { ...light(32), batch: 32 },
  '64': { ...light(64), batch: 16 },
  Paper64: { ...presets.paper64, batch: 8 },
} satisfies Record<string, BenchCase>;

export type CaseName = keyof typeof cases;
export const caseNames: readonly CaseName[] = ['32', '64', 'Paper64'];

/** What is timed; the first four come from the same steps. */
export const works = ['dStep', 'r1Step', 'gStep', 'step', 'sample', 'sampleOne'] as const;
export type Work = (typeof works)[number];

export const workTitles: Readonly<Record<Work, string>> = {
  dStep: 'D step',
  r1Step: 'D step with R1',
  gStep: 'G step',
  step: 'Whole step',
  sample: 'Sampling',
  sampleOne: 'Sampling one image',
};

/** What a process can be asked to do: a step gives the times of its parts too. */
export type Request = 'step' | 'sample' | 'sampleOne';

export function requestFor(work: Work): Request {
  return work === 'sample' || work === 'sampleOne' ? work : 'step';
}

/** Which works of which cases are to be measured. */
export type Selection = ReadonlyMap<CaseName, ReadonlySet<Work>>;

/**
 * `32,samplePaper64`: sizes stand for all of their works, `sample` for that work in all cases.
 *
 * @throws ArgumentError when a name is unknown
 */
export function selectCases(names: readonly string[]): Selection {
  const selection = new Map<CaseName, Set<Work>>();
  for (const name of names) {
    let known = false;
    for (const each of caseNames) {
      for (const work of works) {
        const named = [each, work, `${work}${each}`].some((one) => one.toLowerCase() === name.toLowerCase());
        if (!named) continue;
        known = true;
        selection.set(each, (selection.get(each) ?? new Set()).add(work));
      }
    }
    if (!known) {
      throw argumentError('bench step: cases', 'each must be like 32, paper64, gStep or sample64', name);
    }
  }
  return selection;
}
