import type { Answer } from './answer';
import type { Work } from './cases';
import { penaltyInterval } from './training';

/** What a contender's work took. */
export class WorkTimes {
  readonly #all: NonNullable<Answer['times']>[number][] = [];

  add(times: NonNullable<Answer['times']>): void {
    this.#all.push(...times);
  }

  /**
   * Milliseconds: of each kind of work a statistic, the median say, NaN of what was not done. A whole step is
   * the mean over a cycle, one step with R1 and the others without, of the statistic of either.
   */
  milliseconds(work: Work, statistic: (values: readonly number[]) => number): number {
    if (work !== 'step') return statistic(this.#all.flatMap((time) => time[work] ?? []));
    const steps = this.#all.filter((time) => time.step !== undefined);
    const of = (part: 'dStep' | 'r1Step') =>
      statistic(steps.filter((time) => time[part] !== undefined).flatMap((time) => time.step ?? []));
    return (of('r1Step') + (penaltyInterval - 1) * of('dStep')) / penaltyInterval;
  }
}
