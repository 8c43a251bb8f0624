import type { Collective } from '../index';

/** Processes that are none: the turns of one, each with its own trainer. */
export function localCollectives(size: number): Collective[] {
  let waiting: Waiting[] = [];
  const meet = (own: Waiting) => {
    waiting.push(own);
    if (waiting.length < size) return;
    const all = waiting.sort((a, b) => a.rank - b.rank);
    waiting = [];
    for (const { work } of all.slice(0, 1)) work(all.map(({ values }) => values));
    for (const { go } of all) go();
  };
  const ask = (rank: number, values: Values, work: Waiting['work']) =>
    new Promise<void>((go) => meet({ rank, values, work, go }));
  return Array.from({ length: size }, (_, rank) => ({
    rank,
    size,
    allReduce: (values, operation) =>
      ask(rank, values, (all) => {
        const divisor = operation === 'mean' ? size : 1;
        const sums = values.map(
          (_, i) => all.reduce((sum, each) => sum + (each[i] ?? Number.NaN), 0) / divisor,
        );
        for (const each of all) each.set(sums);
      }),
    broadcast: (values, root) =>
      ask(rank, values, (all) => {
        for (const each of all) each.set(all[root] ?? []);
      }),
  }));
}

type Values = Float32Array | Uint8Array;

interface Waiting {
  readonly rank: number;
  readonly values: Values;
  readonly work: (all: Values[]) => void;
  readonly go: () => void;
}
