import type { BackendModule } from './backend-module';

/** TensorFlow's own C library, by tfjs-node: the fastest on a CPU. */
export const tensorflowBackend: BackendModule = {
  name: 'tensorflow',
  packageName: '@tensorflow/tfjs-node',
  async load() {
    // Not a literal, so that no bundler takes a native module along.
    const name = '@tensorflow/tfjs-node';
    const { version } = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
    return {
      version: version['tfjs-node'],
      configure: () => {},
      fillGaps: () => [],
      describe: () => ({ threads: 1, simd: false, device: 'CPU', software: false }),
    };
  },
};
