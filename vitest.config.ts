import { fileURLToPath } from 'node:url';
import { defaultExclude, defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests run on the sources: no build needed, and errors point at the code one edits.
    alias: [
      { find: /^@eigengan\/([a-z-]+)\/(node|browser)$/, replacement: source('$1/src/$2.ts') },
      { find: /^@eigengan\/([a-z-]+)$/, replacement: source('$1/src/index.ts') },
    ],
  },
  test: {
    include: ['{packages,examples}/*/src/**/*.test.ts', 'bench/src/**/*.test.ts', 'tests/**/*.test.ts'],
    // What a page alone has, a device to lose and IndexedDB: vitest.browser.config.ts runs these.
    exclude: [...defaultExclude, 'tests/device-loss/**', 'tests/checkpoint-stores/browser.test.ts'],
    pool: 'forks',
    // Vitest leaves one core to itself; of two, that would be half.
    maxWorkers: '100%',
    // Enough for a busy machine: some tests start several processes that train.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
