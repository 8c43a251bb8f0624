/// <reference types="vite/types/importMeta.d.ts" />

/** An environment variable of the test run, in Node and in a page; '' when it is not set. */
export function environment(
  name: 'REQUIRE_BACKENDS' | 'REQUIRE_LOG_READERS' | 'BACKENDS_TABLE' | 'FUZZ_SEED',
): string {
  return String(import.meta.env[name] ?? '');
}
