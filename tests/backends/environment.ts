/// <reference types="vite/types/importMeta.d.ts" />

/** An environment variable of the test run, in Node and in a page; '' when it is not set. */
export function environment(name: 'REQUIRE_BACKENDS' | 'BACKENDS_TABLE'): string {
  return String(import.meta.env[name] ?? '');
}
