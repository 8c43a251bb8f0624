import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/** Where the compiled modules are kept, so that tests and type checks need no build. */
const target = (name: string) => fileURLToPath(new URL(`../src/wasm/${name}`, import.meta.url));

/** One compilation of `assembly/`: a module can import either a plain memory or a shared one. */
export interface Assembly {
  readonly target: string;
  readonly constant: string;
  readonly description: string;
  readonly options: readonly string[];
}

export const assemblies: readonly Assembly[] = [
  {
    target: target('simd-code.ts'),
    constant: 'simdCode',
    description: "this package's SIMD kernels",
    options: [],
  },
  {
    target: target('shared-simd-code.ts'),
    constant: 'sharedSimdCode',
    description: "the same for the shared memory of tfjs's threaded build",
    // As much as that memory may grow to.
    options: ['--enable', 'threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  },
];

/** Compiles `assembly/` and returns the text of the target. */
export async function compileAssembly({ constant, description, options }: Assembly): Promise<string> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      'assembly/index.ts',
      '--outFile',
      'simd.wasm',
      '--importMemory',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--optimizeLevel',
      '3',
      '--shrinkLevel',
      '0',
      '--converge',
      '--noAssert',
      '--baseDir',
      fileURLToPath(new URL('..', import.meta.url)),
      ...options,
    ],
    {
      writeFile(name: string, contents: Uint8Array | string) {
        if (contents instanceof Uint8Array && name.endsWith('.wasm')) binary = contents;
      },
    },
  );
  if (error !== null || binary === undefined) {
    throw new Error(`assembly: did not compile: ${stderr.toString()}`, { cause: error });
  }
  const lines =
    Buffer.from(binary)
      .toString('base64')
      .match(/.{1,100}/g) ?? [];
  return [
    '// Written by scripts/build-assembly.ts from assembly/; do not edit.',
    `/** The WebAssembly module of ${description}, ${binary.length} bytes, in base64. */`,
    `export const ${constant} =`,
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}
