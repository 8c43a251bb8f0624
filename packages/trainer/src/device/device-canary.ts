import { messageOf, TrainingError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';

/** Small tensors stay on the CPU (below 128 elements on webgl, 1,000 on webgpu), where no device loses them. */
const size = 2048;
/** Not zero, which a lost WebGL context reads, and exact in half precision. */
const values: readonly number[] = [0.5, -1.25, 3, -0.0625];

/**
 * Known values in the device's memory. A WebGL context that was lost reads zeros, which make fine losses and
 * fine weights: what is read of a device is good when these are read after it, and are right.
 */
export class DeviceCanary {
  #resident: tf.Tensor1D;

  constructor(resident = residentValues()) {
    this.#resident = resident;
  }

  /** The known values, `[4]`, fresh from the device; the caller disposes of them. */
  sample(): tf.Tensor1D {
    return tf.slice1d(this.#resident, 0, values.length);
  }

  /** @throws TrainingError when the device does not give the known values back */
  async verify(where: string): Promise<void> {
    await readDevice(where, async () => {
      const sample = this.sample();
      try {
        this.check(where, await sample.data());
      } finally {
        sample.dispose();
      }
    });
  }

  /** @throws TrainingError when a sample that was read is not the known values */
  check(where: string, sample: ArrayLike<number>): void {
    if (values.every((value, i) => sample[i] === value)) return;
    throw lostMemory(where, `${values.join(', ')} read back as ${Array.from(sample).join(', ')}`);
  }

  /** Another one of the same memory, to be disposed of on its own. */
  clone(): DeviceCanary {
    return new DeviceCanary(tf.keep(tf.clone(this.#resident)));
  }

  /** Makes it anew on the backend that is in use now. */
  renew(): void {
    this.#resident.dispose();
    this.#resident = residentValues();
  }

  dispose(): void {
    this.#resident.dispose();
  }
}

function residentValues(): tf.Tensor1D {
  return tf.tidy(() => {
    const known = Float32Array.from({ length: size }, (_, i) => values[i % values.length] ?? 0);
    // The result of a kernel: an uploaded tensor has a copy on the CPU.
    return tf.keep(tf.add<tf.Tensor1D>(tf.tensor1d(known), tf.zeros([size])));
  });
}

/**
 * What `read` reads of the device.
 *
 * @throws TrainingError when that throws, as reading a lost WebGPU device does
 */
export async function readDevice<T>(where: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (TrainingError.is(cause)) throw cause;
    throw lostMemory(where, messageOf(cause), cause);
  }
}

function lostMemory(where: string, got: string, cause?: unknown): TrainingError {
  return new TrainingError(
    `${where}: the device must keep what is in its memory, but it has lost it: ${got}`,
    { cause, hint: 'The last checkpoint is still good: choose a backend, then restore() it' },
  );
}
