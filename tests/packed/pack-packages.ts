import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Tarball {
  /** Its name inside the folder it was packed into. */
  readonly filename: string;
  /** The package's own folder. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** Packs every package into `target`, as npm would publish it. */
export async function packPackages(target: string): Promise<Tarball[]> {
  const tarballs: Tarball[] = [];
  for (const name of await readdir(join(root, 'packages'))) {
    const folder = join(root, 'packages', name);
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', target], { cwd: folder });
    const [{ filename, files }]: [{ filename: string; files: { path: string }[] }] = JSON.parse(stdout);
    tarballs.push({ filename, folder, files: files.map(({ path }) => path) });
  }
  return tarballs;
}
