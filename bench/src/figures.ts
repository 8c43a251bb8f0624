import type { CaseName, Work } from './cases';
import type { Contender } from './contender';
import type { Backend, Peer } from './programs';

/** Contenders with as many threads each, after their rounds. */
export interface Measurement {
  readonly name: CaseName;
  readonly works: ReadonlySet<Work>;
  readonly threads: number;
  readonly rounds: number;
  /** Of a contender's work, in milliseconds. */
  readonly milliseconds: (contender: Contender, work: Work) => number;
  readonly backends: ReadonlyMap<Backend, Contender>;
  readonly peers: ReadonlyMap<Peer, Contender>;
}

/** Null where there is no peer. */
export interface WorkFigure {
  readonly ms: number;
  /** Of the plain peer. */
  readonly peerMs: number | null;
  readonly foldedPeerMs: number | null;
  /** `peerMs / ms`: the share of the plain peer's speed. */
  readonly ratio: number | null;
}

/** The most memory that each process ever held, this project's library, runtime and compiler included. */
export interface MemoryFigure {
  readonly bytes: number | null;
  readonly peerBytes: number | null;
  /** `bytes / peerBytes`. */
  readonly ratio: number | null;
}

/** By `step32`, `dStep64`, ...; memory by `memory32`, ... */
export type CaseFigures = Readonly<Record<string, WorkFigure | MemoryFigure>>;

/** How many times faster two threads are than one, by `step32`, ... */
export type SpeedUps = Readonly<Record<string, number>>;

export interface Figures {
  /** By the number of threads. */
  readonly wasm?: Readonly<Record<string, CaseFigures>>;
  readonly tensorflow?: Readonly<Record<string, CaseFigures>>;
  /** Where both one and two threads were measured. */
  readonly twoThreads?: Readonly<Record<string, SpeedUps>>;
}

export function figuresOf(measurements: readonly Measurement[]): Figures {
  const figures: Record<string, Record<string, CaseFigures>> = {};
  const twoThreads: Record<string, SpeedUps> = {};
  for (const measurement of measurements) {
    const { name, threads, backends } = measurement;
    const one = measurements.find((other) => other.name === name && other.threads === 1);
    for (const [backend, contender] of backends) {
      const byThreads = figures[backend] ?? {};
      figures[backend] = {
        ...byThreads,
        [threads]: { ...byThreads[threads], ...caseFigures(measurement, contender) },
      };
    }
    if (threads !== 2 || one === undefined) continue;
    for (const [key, contender] of contendersOf(measurement)) {
      const slow = contendersOf(one).get(key);
      if (slow !== undefined)
        twoThreads[key] = { ...twoThreads[key], ...speedUps(measurement, slow, contender) };
    }
  }
  return { ...figures, ...(Object.keys(twoThreads).length > 0 ? { twoThreads } : {}) };
}

function caseFigures({ name, works, peers, milliseconds }: Measurement, contender: Contender): CaseFigures {
  const [plain, folded] = [peers.get('plain'), peers.get('folded')];
  const figures: Record<string, WorkFigure | MemoryFigure> = {};
  for (const work of works) {
    const ms = milliseconds(contender, work);
    const peerMs = plain === undefined ? null : milliseconds(plain, work);
    const foldedPeerMs = folded === undefined ? null : milliseconds(folded, work);
    figures[`${work}${name}`] = { ms, peerMs, foldedPeerMs, ratio: peerMs === null ? null : peerMs / ms };
  }
  const [bytes, peerBytes] = [contender.peakBytes, plain?.peakBytes ?? null];
  const ratio = bytes === null || peerBytes === null ? null : bytes / peerBytes;
  return { ...figures, [`memory${name}`]: { bytes, peerBytes, ratio } };
}

function contendersOf({ backends, peers }: Measurement): ReadonlyMap<string, Contender> {
  return new Map<string, Contender>([...backends, ...peers]);
}

function speedUps({ name, works, milliseconds }: Measurement, slow: Contender, fast: Contender): SpeedUps {
  return Object.fromEntries(
    [...works].map((work) => [`${work}${name}`, milliseconds(slow, work) / milliseconds(fast, work)]),
  );
}
