import { defineConfig, type Options } from 'tsup';

/** The build of every package: ESM, CommonJS and types, class names kept for tfjs's serialization. */
export const packageBuild = (entry: Record<string, string>, options: Options = {}) =>
  defineConfig({
    entry,
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    dts: true,
    clean: true,
    sourcemap: true,
    treeshake: true,
    splitting: true,
    shims: true,
    external: [/^node:/],
    ...options,
  });
