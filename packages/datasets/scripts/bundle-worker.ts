import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (name: string) => fileURLToPath(new URL(`../src/decode/worker/${name}`, import.meta.url));

/** A worker's program, and the file that keeps it as text, so that it starts from sources, packages and bundles. */
export interface WorkerProgram {
  readonly source: string;
  readonly target: string;
  readonly constant: string;
  readonly description: string;
  readonly platform: 'node' | 'browser';
}

export const workerPrograms: readonly WorkerProgram[] = [
  {
    source: path('node-program.ts'),
    target: path('node-program-text.ts'),
    constant: 'nodeProgramText',
    description: 'The program of a decoding thread in Node.',
    platform: 'node',
  },
  {
    source: path('browser-program.ts'),
    target: path('browser-program-text.ts'),
    constant: 'browserProgramText',
    description: 'The program of a decoding thread in browsers.',
    platform: 'browser',
  },
];

/** Bundles a program and returns the text of its target. */
export async function bundleWorker({ source, constant, description, platform }: WorkerProgram) {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    // Short identifiers would change with code that is left out.
    minifySyntax: true,
    minifyWhitespace: true,
    platform,
    format: platform === 'node' ? 'cjs' : 'iife',
    target: 'es2022',
    legalComments: 'none',
    alias: { '@eigengan/core': fileURLToPath(new URL('../../core/src/index.ts', import.meta.url)) },
    external: ['sharp'],
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error(`bundleWorker: ${source}: must bundle to one file`);
  return `// biome-ignore-all lint: written
// biome-ignore-all format: written by scripts/build-workers.ts from ${source.split('/').at(-1)}; do not edit.
/** ${description} */
export const ${constant} =
  ${JSON.stringify(bundle.text.trim())};
`;
}
