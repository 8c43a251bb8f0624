import { fileURLToPath } from 'node:url';
import { defaultExclude, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

/** What a page alone has: a device to lose, IndexedDB, somewhere to draw. vitest.browser.config.ts runs these. */
export const testsOfPages = [
  'tests/animations/*.test.ts',
  'tests/device-loss/*.test.ts',
  'tests/checkpoint-stores/browser.test.ts',
  'tests/logs/tfjs-vis.test.ts',
  'tests/decoding/browser.test.ts',
  'tests/browser-files/browser.test.ts',
  'tests/explorer/element.test.ts',
];

const takesLong = ({ moduleId }: TestSpecification) =>
  /\/tests\/(backends|parity|invariants)\/|\/examples\/[^/]+\/src\/main\.test/.test(moduleId);

/** Where no earlier run says how long files take, vitest would start with the largest, and leave to one core those of three lines that take minutes. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(takesLong), ...sorted.filter((file) => !takesLong(file))];
  }
}

export default defineConfig({
  resolve: {
    // Tests run on the sources: no build needed, and errors point at the code one edits.
    alias: [
      { find: /^@eigengan\/([a-z-]+)\/(node|browser|explorer)$/, replacement: source('$1/src/$2.ts') },
      { find: /^@eigengan\/([a-z-]+)$/, replacement: source('$1/src/index.ts') },
    ],
  },
  test: {
    include: ['{packages,examples}/*/src/**/*.test.ts', 'bench/src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: [...defaultExclude, ...testsOfPages],
    setupFiles: ['tests/properties/fix-seed.ts'],
    pool: 'forks',
    // Vitest leaves one core to itself; of two, that would be half.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // Enough for a busy machine: some tests start several processes that train.
    testTimeout: 480_000,
    hookTimeout: 480_000,
  },
});
