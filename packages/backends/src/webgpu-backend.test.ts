import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isSoftwareDevice } from './device-software';
import { useBackend } from './index';
import { webgpuVersion } from './webgpu/provide-gpu';
import { driverHint } from './webgpu-backend';

// A program that plays the GPU compiles each kernel for a while.
vi.setConfig({ testTimeout: 300_000 });

const absent = await useBackend('webgpu', { selfTest: false }).then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);

describe.skipIf(absent !== undefined)(absent === undefined ? 'webgpu' : `webgpu (${absent})`, () => {
  test('is what runs, on the device that its driver names', async () => {
    const report = await useBackend('webgpu');
    const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-backend-webgpu/package.json');
    expect(tf.getBackend()).toBe('webgpu');
    expect(report).toMatchObject({ backend: 'webgpu', version, threads: 1, simd: false, floatPrecision: 32 });
    expect(report.device).not.toBe('');
    expect(report.software).toBe(isSoftwareDevice(report.device));
    expect(report.kernels).toContainEqual({ name: 'Cumsum', replaced: true });
  });

  test.each([tf.cumsum, tf.cumprod])(
    'gives running sums and products of any length in both directions (%o)',
    async (op) => {
      for (const length of [4, 7, 3, 16]) {
        for (const [exclusive, reverse] of [
          [false, true],
          [true, true],
          [false, false],
          [true, false],
        ]) {
          const compute = () =>
            op(
              tf.tensor2d(
                Array.from({ length: 400 * length }, (_, i) => 1 + (i % 3)),
                [400, length],
              ),
              1,
              exclusive,
              reverse,
            );
          expect(await numbersOn('webgpu', compute)).toEqual(await numbersOn('cpu', compute));
        }
      }
    },
  );
});

describe('webgpu in Node', () => {
  afterEach(() => {
    vi.doUnmock('./webgpu/node-packages');
    vi.doUnmock('./webgpu/gpu');
    vi.resetModules();
  });

  /** `provideGpu` where there is no `navigator.gpu`, and the package `webgpu` is of this version. */
  async function provideWith(version: string | undefined, node = true) {
    vi.resetModules();
    vi.doMock('./webgpu/gpu', () => ({ currentGpu: () => undefined }));
    vi.doMock('./webgpu/node-packages', () => ({
      isNode: () => node,
      installedVersion: async () => version,
      importInNode: async () => {
        throw new Error('GLIBCXX_3.4.32 not found');
      },
    }));
    const { provideGpu } = await import('./webgpu/provide-gpu');
    return provideGpu();
  }

  test('says what to install where the package is missing', async () => {
    await expect(provideWith(undefined)).rejects.toMatchObject({
      name: 'MissingPackageError',
      message: expect.stringContaining('npm i --save-exact webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu'),
    });
  });

  test('refuses another version, and says which it wants', async () => {
    await expect(provideWith('0.7.0')).rejects.toThrow(
      'useBackend: webgpu in Node needs the package webgpu at exactly 0.6.2, got 0.7.0',
    );
  });

  test('says why the package does not load', async () => {
    await expect(provideWith(webgpuVersion)).rejects.toThrow(
      'useBackend: the package webgpu must load, got GLIBCXX_3.4.32 not found',
    );
  });

  test('says that a browser without WebGPU has none', async () => {
    await expect(provideWith(undefined, false)).rejects.toThrow('navigator.gpu, which is not there');
  });

  test('wants the version that the peer dependency names', () => {
    const path = fileURLToPath(new URL('../package.json', import.meta.url));
    expect(JSON.parse(readFileSync(path, 'utf8')).peerDependencies.webgpu).toBe(webgpuVersion);
  });

  test('names what each platform lacks when there is no adapter', () => {
    expect(driverHint('linux')).toContain('libvulkan1');
    expect(driverHint('darwin')).toContain('Metal');
    expect(driverHint('win32')).toContain('Direct3D 12');
  });
});

test('a program that plays the GPU is told from a GPU by the driver’s words', () => {
  const programs = [
    'google, swiftshader, SwiftShader driver 5.0.0',
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'llvmpipe (LLVM 15.0.6, 256 bits)',
    'Microsoft Basic Render Driver',
  ];
  const devices = [
    'nvidia, ampere, NVIDIA: 535.183.01',
    'ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)',
  ];
  expect(programs.map(isSoftwareDevice)).toEqual([true, true, true, true]);
  expect(devices.map(isSoftwareDevice)).toEqual([false, false]);
});

async function numbersOn(backend: string, compute: () => tf.Tensor): Promise<number[]> {
  await tf.setBackend(backend);
  const result = tf.tidy(compute);
  const numbers = [...(await result.data())];
  result.dispose();
  return numbers;
}
