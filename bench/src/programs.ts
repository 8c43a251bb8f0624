import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type BenchCase, type CaseName, cases } from './cases';
import { Contender } from './contender';

export const backends = ['wasm', 'tensorflow'] as const;
export type Backend = (typeof backends)[number];

/** `plain` convolves each picture's features, `folded` the basis images, as this project does where it pays. */
export const peers = ['plain', 'folded'] as const;
export type Peer = (typeof peers)[number];

/** A file of the bench, by its path in it. */
export const benchPath = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const succeeds = (file: string, ...args: string[]) => spawnSync(file, args).status === 0;

/** The bench's own Python, else the system's if it has the package. */
export function pythonWith(name: 'torch' | 'pyarrow'): string | undefined {
  return [benchPath('peers/.venv/bin/python'), 'python3'].find((python) =>
    succeeds(python, '-c', `import ${name}`),
  );
}

export function isInstalled(backend: Backend): boolean {
  return backend === 'wasm' || succeeds(process.execPath, '-e', "require('@tensorflow/tfjs-node')");
}

export interface StartOptions {
  /** Whether to time each kernel. */
  readonly profile?: boolean;
  /** How many threads share an operation of TensorFlow. Default: one for each core. */
  readonly operationThreads?: number | undefined;
}

/** Starts this project on the first `threads` cores. */
export function startBackend(
  backend: Backend,
  threads: number,
  name: CaseName,
  { profile = false, operationThreads = threads }: StartOptions = {},
): Promise<Contender> {
  const worker = [process.execPath, '--import', 'tsx', benchPath('src/step-worker.ts'), '--backend', backend];
  return Contender.start(backend, threads, [
    ...worker,
    ...argumentsFor(backend === 'tensorflow' ? operationThreads : threads, cases[name]),
    ...(profile ? ['--profile'] : []),
  ]);
}

export function startPeer(python: string, peer: Peer, threads: number, name: CaseName): Promise<Contender> {
  const command = [python, benchPath('peers/step.py'), ...argumentsFor(threads, cases[name])];
  if (peer === 'folded') command.push('--folded');
  return Contender.start(`PyTorch, ${peer}`, threads, command);
}

function argumentsFor(threads: number, measured: BenchCase): string[] {
  return ['--threads', String(threads), '--case', JSON.stringify(measured)];
}
