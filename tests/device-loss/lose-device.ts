import * as tf from '@tensorflow/tfjs-core';

/** Takes the device away from the current backend, as a driver's restart does. */
export function loseDevice(): void {
  const backend: unknown = tf.backend();
  if (isWebgl(backend)) backend.getGPGPUContext().gl.getExtension('WEBGL_lose_context')?.loseContext();
  else if (isWebgpu(backend)) backend.device.destroy();
  else throw new Error(`loseDevice: ${tf.getBackend()} has no device that could be lost`);
}

function isWebgl(backend: unknown): backend is { getGPGPUContext(): { gl: WebGLRenderingContext } } {
  return tf.getBackend() === 'webgl' && typeof backend === 'object';
}

function isWebgpu(backend: unknown): backend is { readonly device: { destroy(): void } } {
  return tf.getBackend() === 'webgpu' && typeof backend === 'object';
}
