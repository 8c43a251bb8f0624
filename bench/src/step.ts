import { writeFile } from 'node:fs/promises';
import { type CaseName, requestFor, type Selection, type Work } from './cases';
import type { Contender } from './contender';
import { figuresOf, type Measurement } from './figures';
import { describeMachine } from './machine';
import { type Backend, isInstalled, type Peer, peers, pythonWith, startBackend, startPeer } from './programs';
import { median, smallest } from './statistics';
import { caseTitle, measurementTable } from './step-report';
import { stepSummary } from './step-summary';
import { penaltyInterval } from './training';

export interface StepOptions {
  readonly selection: Selection;
  readonly backends: readonly Backend[];
  /** Numbers of threads, each measured against peers with as many. */
  readonly threads: readonly number[];
  /** How many threads share an operation of TensorFlow. Default: as many as there are. */
  readonly operationThreads: number | undefined;
  /** Rounds; in each, every contender does everything once, in turn. Default: what the case is worth. */
  readonly rounds: number | undefined;
  /** Whether to take the fastest of the rounds, which other programs on the machine disturb least, not the median. */
  readonly fastest: boolean;
  /** Where to write the figures as JSON. */
  readonly json: string | undefined;
}

/** The large one takes seconds a step. */
const defaultRounds: Readonly<Record<CaseName, number>> = { '32': 8, '64': 8, Paper64: 2 };
const warmUpSteps: Readonly<Record<CaseName, number>> = { '32': 4, '64': 4, Paper64: 2 };
const counts = { step: penaltyInterval, sample: 4, sampleOne: 10 };

/**
 * Times the training step, its parts and sampling in this project beside PyTorch eager doing the same maths,
 * in turn, so that a machine whose speed drifts is fair to all.
 */
export async function benchStep({
  selection,
  backends,
  threads,
  operationThreads,
  rounds,
  fastest,
  json,
}: StepOptions): Promise<void> {
  const python = pythonWith('torch');
  if (python === undefined) {
    console.log('PyTorch is not installed: run bench/peers/install.sh to measure against it.\n');
  }
  const installed = backends.filter(isInstalled);
  if (installed.length < backends.length) {
    console.log('tfjs-node is not installed: run tests/native/install.sh to measure it.\n');
  }
  const statistic = fastest ? smallest : median;
  console.log(`${describeMachine()}; ${fastest ? 'the fastest' : 'medians'} of the rounds`);

  const measurements: Measurement[] = [];
  for (const [name, works] of selection) {
    const measuring = { python, backends: installed, threads, operationThreads, statistic };
    const measured = await measure(name, works, measuring, rounds);
    for (const one of measured) console.log(`\n${measurementTable(one)}`);
    measurements.push(...measured);
  }
  const figures = figuresOf(measurements);
  console.log(`\n${stepSummary(figures)}`);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(figures, null, 2)}\n`);
}

interface Measuring {
  readonly python: string | undefined;
  readonly backends: readonly Backend[];
  readonly threads: readonly number[];
  readonly operationThreads: number | undefined;
  readonly statistic: (values: readonly number[]) => number;
}

async function measure(
  name: CaseName,
  works: ReadonlySet<Work>,
  { python, backends, threads, operationThreads, statistic }: Measuring,
  rounds = defaultRounds[name],
): Promise<Measurement[]> {
  const milliseconds: Measurement['milliseconds'] = ({ times }, work) => times.milliseconds(work, statistic);
  const measurements: Measurement[] = [];
  const contenders: Contender[] = [];
  const started = async (start: Promise<Contender>): Promise<Contender> => {
    const contender = await start;
    contenders.push(contender);
    return contender;
  };
  try {
    for (const count of threads) {
      const ours = new Map<Backend, Contender>();
      for (const backend of backends) {
        ours.set(backend, await started(startBackend(backend, count, name, { operationThreads })));
      }
      const theirs = new Map<Peer, Contender>();
      if (python !== undefined) {
        for (const peer of peers) theirs.set(peer, await started(startPeer(python, peer, count, name)));
      }
      measurements.push({ name, works, threads: count, rounds, milliseconds, backends: ours, peers: theirs });
    }
    refuseDifferent(contenders);
    const requests = [...new Set([...works].map(requestFor))];
    const inTurn = async (count: (request: keyof typeof counts) => number, warmUp: boolean) => {
      for (const work of requests) {
        for (const contender of contenders) await contender.run({ work, count: count(work) }, { warmUp });
      }
    };
    await inTurn((work) => (work === 'step' ? warmUpSteps[name] : 3), true);
    for (let round = 0; round < rounds; round++) {
      if (process.stderr.isTTY)
        process.stderr.write(`\r${caseTitle(name)}: round ${round + 1} of ${rounds} `);
      await inTurn((work) => counts[work], false);
    }
    if (process.stderr.isTTY) process.stderr.write('\n');
    return measurements;
  } finally {
    for (const contender of contenders) contender.stop();
  }
}

/** Networks of other sizes do other work. */
function refuseDifferent([first, ...others]: readonly Contender[]): void {
  for (const other of others) {
    const [one, two] = [JSON.stringify(first?.parameters), JSON.stringify(other.parameters)];
    if (one !== two) {
      throw new Error(
        `bench step: ${first?.name} and ${other.name} must be the same size, got ${one}, ${two}`,
      );
    }
  }
}
