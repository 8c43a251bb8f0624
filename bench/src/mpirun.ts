import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Whether Open MPI's mpirun can be started. */
export function hasMpirun(): boolean {
  return spawnSync('mpirun', ['--version']).status === 0;
}

/** Runs parallel-worker.ts in so many processes, on cores they share where they must; what rank 0 prints, as JSON. */
export async function mpirun(processes: number, args: readonly string[]): Promise<number[]> {
  const worker = fileURLToPath(new URL('parallel-worker.ts', import.meta.url));
  const flags = ['--allow-run-as-root', '--oversubscribe', '--bind-to', 'none', '-np', String(processes)];
  const { stdout } = await promisify(execFile)('mpirun', [
    ...flags,
    process.execPath,
    ...['--import', 'tsx', worker, ...args],
  ]);
  return JSON.parse(stdout);
}
