import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writerOf } from './write-file-atomic';

/**
 * Removes from a folder the temporary files of `writeFileAtomic` whose process was killed before it could
 * rename them. Those of processes that live stay. For folders that the processes of one machine write to.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const writer = writerOf(name);
    if (writer === null) continue;
    const path = join(folder, name);
    const isLeft = writer === process.pid ? await isOlderThanProcess(path) : !isAlive(writer);
    if (isLeft) await rm(path, { force: true });
  }
}

/** Process numbers come again: in a container the first is always 1. */
async function isOlderThanProcess(path: string): Promise<boolean> {
  const started = Date.now() - 1000 * process.uptime();
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs < started,
    () => false,
  );
}

function isAlive(id: number): boolean {
  try {
    // Signal 0 only asks.
    return process.kill(id, 0);
  } catch (error) {
    // It may also be another user's.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
