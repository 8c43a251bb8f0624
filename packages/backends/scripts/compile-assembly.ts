import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/** Where the compiled module is kept, so that tests and type checks need no build. */
export const target = fileURLToPath(new URL('../src/wasm/simd-code.ts', import.meta.url));

/** Compiles `assembly/` and returns the text of `src/wasm/simd-code.ts`. */
export async function compileAssembly(): Promise<string> {
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
    `/** The WebAssembly module of this package's SIMD kernels, ${binary.length} bytes, in base64. */`,
    'export const simdCode =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}
