import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

export interface MpiRun {
  readonly code: number;
  /** Lines that the processes wrote, in whatever order. */
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs a worker of this folder in so many processes; kills them all after a minute. */
export function mpirun(processes: number, worker: string, ...args: string[]): Promise<MpiRun> {
  // As root, without a core a process, and on any core.
  const flags = ['--allow-run-as-root', '--oversubscribe', '--bind-to', 'none', '-np', String(processes)];
  const file = fileURLToPath(new URL(worker, import.meta.url));
  return new Promise((resolve) => {
    execFile(
      'mpirun',
      [...flags, process.execPath, '--import', 'tsx', file, ...args],
      { timeout: 60_000 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
        resolve({ code, lines: stdout.split('\n').filter((line) => line !== ''), errors: stderr });
      },
    );
  });
}

/** Tests that need Open MPI: skipped, with the reason in their name, where there is none. */
export function describeMpi(name: string, tests: () => void): void {
  const { status, error } = spawnSync('mpirun', ['--version']);
  const absent = status !== 0;
  if (absent && process.env.REQUIRE_MPI !== undefined) {
    throw new Error(`REQUIRE_MPI: Open MPI must be tested here, but is not: ${error?.message ?? status}`);
  }
  describe.skipIf(absent)(absent ? `${name} (skipped: mpirun is not installed)` : name, tests);
}
