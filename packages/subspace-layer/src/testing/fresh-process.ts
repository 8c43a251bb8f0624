import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const packages = fileURLToPath(new URL('../../../', import.meta.url));

export interface FreshProcessOptions {
  /** Whether the program, with everything it imports, is minified; false by default. */
  minify?: boolean;
  /** Files that the program finds in its working folder, by name. */
  files?: Record<string, string>;
}

/** Bundles a program with all it imports, runs it in a process and a folder of its own, gives what it prints. */
export async function runInFreshProcess(
  program: string,
  { minify = false, files = {} }: FreshProcessOptions = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'subspace-layer-'));
  try {
    await build({
      stdin: { contents: program, resolveDir: join(packages, 'subspace-layer'), loader: 'js' },
      alias: {
        '@eigengan/core/node': join(packages, 'core/src/node.ts'),
        '@eigengan/core': join(packages, 'core/src/index.ts'),
        '@eigengan/subspace-layer': join(packages, 'subspace-layer/src/index.ts'),
      },
      outfile: join(folder, 'program.mjs'),
      bundle: true,
      minify,
      platform: 'node',
      format: 'esm',
      // As bundlers for browsers do; only these entries are in tfjs's lists of side effects.
      mainFields: ['module', 'main'],
      target: 'node20',
      // What tfjs requires of Node when it is bundled as a module.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'error',
    });
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}
