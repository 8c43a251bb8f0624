import * as tf from '@tensorflow/tfjs-core';
import { currentGpu, type GpuAdapterInfo } from './gpu';

/** tfjs's own. */
export const webgpuPriority = 3;

interface Adapter {
  readonly info: GpuAdapterInfo;
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(descriptor: { readonly requiredLimits: Readonly<Record<string, number>> }): Promise<unknown>;
}

/** What tfjs's shaders take as much of as the adapter has. */
const limits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
];

/**
 * Registers tfjs's backend where its package has not done it itself: it does not when it was imported
 * before there was a `navigator.gpu`, as a static import in Node is.
 */
export function registerWebgpuBackend(Backend: unknown): void {
  if (tf.findBackendFactory('webgpu') != null) return;
  const Constructor = Backend as new (device: unknown, info: GpuAdapterInfo) => tf.KernelBackend;
  tf.registerBackend(
    'webgpu',
    async () => {
      const adapter = (await currentGpu()?.requestAdapter({
        powerPreference: 'high-performance',
      })) as Adapter;
      const requiredLimits = Object.fromEntries(limits.map((name) => [name, adapter.limits[name] ?? 0]));
      return new Constructor(await adapter.requestDevice({ requiredLimits }), adapter.info);
    },
    webgpuPriority,
  );
}
