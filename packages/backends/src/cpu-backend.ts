import type { BackendModule } from './backend-module';

/** tfjs's plain JavaScript backend: complete and slow, the reference for the others. */
export const cpuBackend: BackendModule = {
  name: 'cpu',
  packageName: '@tensorflow/tfjs-backend-cpu',
  async load() {
    const { version_cpu } = await import('@tensorflow/tfjs-backend-cpu');
    return { version: version_cpu, configure: () => {}, fillGaps: () => [], threads: () => 1 };
  },
};
