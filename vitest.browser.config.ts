import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Debian's Chromium unless CHROMIUM names another; without a GPU, SwiftShader plays one. */
const launchOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--enable-unsafe-swiftshader',
    '--enable-unsafe-webgpu',
  ],
};

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
  test: {
    include: ['tests/backends/**/*.test.ts'],
    globalSetup: ['packages/backends/scripts/copy-wasm-files.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
