import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// Packs every package as npm would publish it, checks the tarballs, and uses them in an empty project.
const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const tfjs = ['tfjs-core', 'tfjs-layers', 'tfjs-backend-cpu', 'tfjs-backend-wasm'];
const tfjsVersion = '4.22.0';

const project = await mkdtemp(join(tmpdir(), 'eigengan-packed-'));
try {
  const tarballs: string[] = [];
  for (const name of await readdir(join(root, 'packages'))) {
    const folder = join(root, 'packages', name);
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: folder });
    const [{ filename, files }]: [{ filename: string; files: { path: string }[] }] = JSON.parse(stdout);
    const unwanted = files
      .map(({ path }) => path)
      .filter((path) => !/^(dist\/|README\.md|LICENSE|package\.json)/.test(path));
    if (unwanted.length > 0)
      throw new Error(`${filename} must hold dist, README and LICENSE only, got ${unwanted}`);
    await run(bin('publint'), ['--strict', folder]);
    // Subpaths are not for the oldest kind of resolution, which knows no exports.
    await run(bin('attw'), [join(project, filename), '--profile', 'node16']);
    tarballs.push(`./${filename}`);
    console.log(`${filename}: ${files.length} files, publint and attw have no complaint`);
  }
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module' }),
  );
  const peers = tfjs.map((name) => `@tensorflow/${name}@${tfjsVersion}`);
  await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs, ...peers], { cwd: project });
  const lock = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8'));
  for (const name of tfjs) {
    const copies = Object.keys(lock.packages).filter((path) =>
      path.endsWith(`node_modules/@tensorflow/${name}`),
    );
    if (copies.length !== 1) throw new Error(`${name} must be installed once, got ${copies.join(', ')}`);
  }
  await copyFile(join(root, 'tests/packed/use-packages.mjs'), join(project, 'use-packages.mjs'));
  const { stdout } = await run(process.execPath, ['use-packages.mjs'], { cwd: project });
  console.log(stdout.trim());
} finally {
  await rm(project, { recursive: true, force: true });
}
