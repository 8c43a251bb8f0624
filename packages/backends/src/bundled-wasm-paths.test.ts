import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyWasmFiles } from '../scripts/copy-wasm-files';
import { bundledWasmPaths, threadedScriptAddress } from './bundled-wasm-paths';
import { threadedScript, wasmFileNames, wasmFilesVersion } from './wasm-files';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eigengan-wasm-files-'));
  await copyWasmFiles(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe("the copies of tfjs's .wasm files", () => {
  test('are three modules of the version that the code asks for', async () => {
    const { version_wasm } = await import('@tensorflow/tfjs-backend-wasm');
    expect(wasmFilesVersion).toBe(version_wasm);
    expect((await readdir(folder)).sort()).toEqual([...wasmFileNames, threadedScript.copy].sort());
    for (const name of wasmFileNames) {
      expect(WebAssembly.validate(new Uint8Array(await readFile(join(folder, name))))).toBe(true);
    }
  });

  test('are looked for in dist/, each under its own name', () => {
    const paths = Object.entries(bundledWasmPaths(wasmFilesVersion));
    expect(paths.map(([name]) => name)).toEqual([...wasmFileNames]);
    for (const [name, url] of paths) expect(url.endsWith(`/packages/backends/dist/${name}`)).toBe(true);
  });

  test('have the script of the threaded build beside them, as it was published', async () => {
    const text = await readFile(join(folder, threadedScript.copy), 'utf8');
    const { default: factory } = await import(
      '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js'
    );
    expect(text).toContain(`var WasmBackendModuleThreadedSimd = `);
    expect(text).toContain(String(factory));
    expect(threadedScriptAddress().endsWith(`/packages/backends/dist/${threadedScript.copy}`)).toBe(true);
  });

  test('are refused to the scripts of another version', () => {
    expect(() => bundledWasmPaths('4.23.0')).toThrow(
      'useBackend: the .wasm files in @eigengan/backends are those of @tensorflow/tfjs-backend-wasm 4.22.0, got 4.23.0',
    );
  });
});
