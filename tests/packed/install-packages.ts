import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Tarball } from './pack-packages';

const run = promisify(execFile);
const tfjsVersion = '4.22.0';

/**
 * Makes an empty project of `folder`, and installs packed packages and packages of tfjs in it.
 *
 * @param tfjs Names without the scope, e.g. `tfjs-core`.
 * @throws Error when one of them got installed twice: two copies of tfjs do not know each other's classes
 */
export async function installPackages(
  folder: string,
  tarballs: readonly Tarball[],
  tfjs: readonly string[],
): Promise<void> {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module' }),
  );
  const packages = [
    ...tarballs.map(({ filename }) => `./${filename}`),
    ...tfjs.map((name) => `@tensorflow/${name}@${tfjsVersion}`),
  ];
  await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  for (const name of tfjs) {
    const copies = Object.keys(lock.packages).filter((path) =>
      path.endsWith(`node_modules/@tensorflow/${name}`),
    );
    if (copies.length !== 1) throw new Error(`${name} must be installed once, got ${copies.join(', ')}`);
  }
}
