import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadedScript, wasmFileNames, wasmFilesVersion } from '../src/wasm-files';

/** Where `bundledWasmPaths` looks: beside what the build leaves. */
const target = fileURLToPath(new URL('../dist', import.meta.url));

/** Copies tfjs's `.wasm` files, and the script of the threaded one, into `dist/`; refuses to when another version is installed. */
export async function copyWasmFiles(folder = target): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  const { version }: { version: string } = JSON.parse(await readFile(manifest, 'utf8'));
  if (version !== wasmFilesVersion) {
    throw new Error(
      `copyWasmFiles: src/wasm-files.ts names version ${wasmFilesVersion} of tfjs-backend-wasm, got ${version}`,
    );
  }
  await mkdir(folder, { recursive: true });
  for (const name of wasmFileNames) {
    await copyFile(join(dirname(manifest), 'dist', name), join(folder, name));
  }
  await copyFile(join(dirname(manifest), threadedScript.source), join(folder, threadedScript.copy));
}

/** Vitest's name for what runs before the tests: those of a page need the files, and no build. */
export const setup = () => copyWasmFiles();
