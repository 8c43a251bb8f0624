import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkTypes } from './check-types';
import { installPackages } from './install-packages';
import { packPackages, root } from './pack-packages';

// Packs every package as npm would publish it, checks the tarballs, and uses them in an empty project.
const run = promisify(execFile);
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const allowed = /^(dist\/|README\.md|LICENSE|package\.json)/;

const project = await mkdtemp(join(tmpdir(), 'eigengan-packed-'));
try {
  const tarballs = await packPackages(project);
  for (const { filename, folder, files } of tarballs) {
    const unwanted = files.filter((path) => !allowed.test(path));
    if (unwanted.length > 0)
      throw new Error(`${filename} must hold dist, README and LICENSE only, got ${unwanted}`);
    await run(bin('publint'), ['--strict', folder]);
    // Subpaths are not for the oldest kind of resolution, which knows no exports.
    await run(bin('attw'), [join(project, filename), '--profile', 'node16']);
    console.log(`${filename}: ${files.length} files, publint and attw have no complaint`);
  }
  await installPackages(project, tarballs, [
    'tfjs-core',
    'tfjs-layers',
    'tfjs-backend-cpu',
    'tfjs-backend-wasm',
  ]);
  for (const program of ['use-packages.mjs', 'use-entries.mjs']) {
    await copyFile(join(root, 'tests/packed', program), join(project, program));
    const { stdout } = await run(process.execPath, [program], { cwd: project });
    console.log(stdout.trim());
  }
  checkTypes(project, 'entries.ts', ['@tensorflow/tfjs-data']);
  console.log('TypeScript has no complaint about their declarations');
} finally {
  await rm(project, { recursive: true, force: true });
}
