import { EigenganError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendDescription, BackendModule } from './backend-module';
import { dropBackend } from './device-restart';
import { isSoftwareDevice } from './device-software';
import { currentGpu, type GpuDevice } from './webgpu/gpu';
import { hearLossBeforeFailedReads } from './webgpu/lost-reads';
import { isNode } from './webgpu/node-packages';
import { provideGpu } from './webgpu/provide-gpu';
import { registerWebgpuBackend, webgpuPriority } from './webgpu/register-webgpu-backend';
import { registerWebgpuKernels } from './webgpu/register-webgpu-kernels';
import { importTfjsWebgpu } from './webgpu/tfjs-package';

/** tfjs's WebGPU backend, in browsers, and in Node by the package `webgpu`. */
export const webgpuBackend: BackendModule = {
  name: 'webgpu',
  packageName: '@tensorflow/tfjs-backend-webgpu',
  async load() {
    await provideGpu();
    const { WebGPUBackend, version } = await importTfjsWebgpu();
    return {
      version,
      async configure() {
        await assertAdapter();
        registerWebgpuBackend(WebGPUBackend);
        const device = startedDevice();
        if (device !== undefined && (await isLost(device))) dropBackend('webgpu', webgpuPriority);
      },
      fillGaps: registerWebgpuKernels,
      describe,
      watch(lost) {
        const device = startedDevice();
        device?.lost.then(({ reason, message }) => lost([reason, message].filter(Boolean).join(', ')));
        if (device !== undefined) hearLossBeforeFailedReads(tf.backend(), device);
      },
    };
  },
};

function startedDevice(): GpuDevice | undefined {
  const backend: unknown = tf.engine().registry.webgpu;
  return typeof backend === 'object' && backend !== null ? Reflect.get(backend, 'device') : undefined;
}

function describe(): BackendDescription {
  const { vendor, architecture, device, description, isFallbackAdapter } = startedDevice()?.adapterInfo ?? {};
  const words = [vendor, architecture, device, description].filter(Boolean).join(', ');
  return {
    threads: 1,
    simd: false,
    device: words === '' ? 'a GPU that the browser does not name' : words,
    software: isFallbackAdapter === true || isSoftwareDevice(words),
  };
}

/** Whether the device was lost before now. */
function isLost({ lost }: GpuDevice): Promise<boolean> {
  return Promise.race([
    lost.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 0)),
  ]);
}

/** Without an adapter tfjs would fail with a property of null. */
async function assertAdapter(): Promise<void> {
  if ((await currentGpu()?.requestAdapter({ powerPreference: 'high-performance' })) != null) return;
  throw new EigenganError('useBackend: webgpu needs a GPU with a driver, but no adapter was found', {
    hint: isNode() ? driverHint(process.platform) : 'The browser says why on its page chrome://gpu',
  });
}

/** What WebGPU stands on, by platform. */
export function driverHint(platform: string): string {
  if (platform === 'darwin') return 'It needs Metal, so a Mac that has it';
  if (platform === 'win32') return 'It needs a driver for Direct3D 12';
  return 'It needs a Vulkan driver and its loader: on Debian and Ubuntu, apt install libvulkan1 mesa-vulkan-drivers, or the GPU vendor’s own driver';
}
