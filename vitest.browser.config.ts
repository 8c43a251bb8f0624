import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { args, executablePath } from './tests/browser/chromium.ts';
import base, { testsOfPages } from './vitest.config.ts';

if (!existsSync(executablePath)) {
  throw new Error(
    `test:browser: Chromium must be at ${executablePath}, but is not. Install it (apt-get install chromium) or name another: CHROMIUM=<path>`,
  );
}

/** The tests that run inside a page: the same files that run in Node, and those of browsers alone. */
export default defineConfig({
  resolve: base.resolve ?? {},
  server: {
    // Threads need shared memory, and that an isolated page.
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
  },
  optimizeDeps: {
    // What is found only while a test runs reloads its page.
    include: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgl',
      '@tensorflow/tfjs-backend-webgpu',
      'fast-check',
    ],
  },
  test: {
    include: [
      'tests/{backends,parity}/{wasm,wasm-threads,webgl,webgpu}.test.ts',
      'packages/datasets/src/drawing/same-bytes.test.ts',
      ...testsOfPages,
    ],
    globalSetup: ['packages/backends/scripts/copy-wasm-files.ts', 'tests/decoding/decoded-in-node.ts'],
    setupFiles: ['tests/properties/fix-seed.ts'],
    env: {
      // biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
      FUZZ_SEED: process.env.FUZZ_SEED ?? '',
      // biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
      REQUIRE_BACKENDS: process.env.REQUIRE_BACKENDS ?? '',
      // biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
      REQUIRE_LOG_READERS: process.env.REQUIRE_LOG_READERS ?? '',
      // biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
      BACKENDS_TABLE: process.env.BACKENDS_TABLE ?? '',
    },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One page at a time: the software GPU takes every core.
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
