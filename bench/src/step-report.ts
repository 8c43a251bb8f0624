import { type CaseName, cases, works, workTitles } from './cases';
import type { Contender } from './contender';
import type { Measurement } from './figures';
import { markdownTable } from './markdown-table';

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const written = (ms: number) => (ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0));
const mebibytes = (bytes: number | null) => (bytes === null ? '' : (bytes / 2 ** 20).toFixed(0));

export function caseTitle(name: CaseName): string {
  const { batch, generator } = cases[name];
  const preset = name === 'Paper64' ? 'paper64' : `${generator.size} px`;
  return `${preset}, batch ${batch}`;
}

/** Milliseconds of every contender, the shares of the plain peer's speed, and the peak memory. */
export function measurementTable(measurement: Measurement): string {
  const { name, threads, rounds, works: chosen, milliseconds, backends: ours, peers } = measurement;
  const contenders = [...ours.values(), ...peers.values()];
  const plain = peers.get('plain');
  const { generator = 0, discriminator = 0 } = contenders[0]?.parameters ?? {};
  const parameters = `${((generator + discriminator) / 1e6).toFixed(2)} M parameters`;
  const shares = (share: (backend: Contender, peer: Contender) => string) =>
    plain === undefined ? [] : [...ours.values()].map((backend) => share(backend, plain));
  const rows = works
    .filter((work) => chosen.has(work))
    .map((work) => [
      `${workTitles[work]}, ms`,
      ...contenders.map((contender) => written(milliseconds(contender, work))),
      ...shares((backend, peer) => (milliseconds(peer, work) / milliseconds(backend, work)).toFixed(2)),
    ]);
  const memory = [
    'Peak memory, MiB',
    ...contenders.map(({ peakBytes }) => mebibytes(peakBytes)),
    ...shares(({ peakBytes: bytes }, { peakBytes: peerBytes }) =>
      bytes === null || peerBytes === null ? '' : `${(bytes / peerBytes).toFixed(2)} times`,
    ),
  ];
  const idle = ['before any work, MiB', ...contenders.map(({ readyBytes }) => mebibytes(readyBytes))];
  const head = [
    plural(threads, 'thread'),
    ...contenders.map((contender) => contender.name),
    ...shares((backend) => `share, ${backend.name}`),
  ];
  return [
    `## ${caseTitle(name)}, ${plural(threads, 'thread')}`,
    `${parameters}; ${plural(rounds, 'round')}; ${contenders
      .map(({ ready }) => ready)
      .filter(unique)
      .join('; ')}`,
    markdownTable(head, [...rows, memory, idle]),
  ].join('\n\n');
}

const unique = (value: string, index: number, all: readonly string[]) => all.indexOf(value) === index;
