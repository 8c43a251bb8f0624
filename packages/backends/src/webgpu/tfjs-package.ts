import { missingPackage } from '@eigengan/core';
import { installedVersion, isNode } from './node-packages';
import { webgpuMissing } from './provide-gpu';

const packageName = '@tensorflow/tfjs-backend-webgpu';

/** tfjs's package and its version, which, unlike its sisters, it does not export. */
export async function importTfjsWebgpu() {
  const { WebGPUBackend } = await importPackage();
  return { WebGPUBackend, version: await packageVersion() };
}

/** Inside `try`: what may be missing there is no error to webpack. */
async function importPackage() {
  try {
    return await import('@tensorflow/tfjs-backend-webgpu');
  } catch (cause) {
    throw isNode() ? webgpuMissing(cause) : missingPackage('useBackend', packageName, cause);
  }
}

/** `unknown` in a page without a bundler, where JSON cannot be imported. */
async function packageVersion(): Promise<string> {
  if (isNode()) return (await installedVersion(packageName)) ?? 'unknown';
  try {
    const { default: description } = await import('@tensorflow/tfjs-backend-webgpu/package.json');
    return description.version;
  } catch {
    return 'unknown';
  }
}
