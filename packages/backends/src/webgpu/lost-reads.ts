import type * as tf from '@tensorflow/tfjs-core';
import type { GpuDevice } from './gpu';

/** Backends whose reads wait for the news already. */
const patient = new WeakSet<tf.KernelBackend>();

/** Milliseconds that a failed read waits for the device to say that it is lost. */
const patience = 1000;

/**
 * Lets a read that fails wait until `device.lost` has said why: Chromium fails the reads of a lost device
 * first, and training would end with their message instead of the loss. Idempotent.
 */
export function hearLossBeforeFailedReads(backend: tf.KernelBackend, device: GpuDevice): void {
  if (patient.has(backend)) return;
  patient.add(backend);
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    try {
      return await read(dataId);
    } catch (cause) {
      await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, patience))]);
      throw cause;
    }
  };
}
