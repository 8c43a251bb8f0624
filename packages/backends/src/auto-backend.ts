import { EigenganError, messageOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendDescription, BackendName } from './backend-module';

/** A backend that `auto` did not take. */
export interface PassedOver {
  readonly backend: BackendName;
  /** Why: not installed, did not start, a program plays its GPU, 16 bits, wrong numbers. */
  readonly reason: string;
}

/** A started backend, before its numbers are checked. */
export interface RunningBackend extends BackendDescription {
  readonly floatPrecision: 16 | 32;
}

/** Fastest first, and the same on every run: nothing is timed. */
const inNode: readonly BackendName[] = ['webgpu', 'tensorflow', 'wasm', 'cpu'];
const inBrowsers: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

/**
 * Uses the first backend that is fit for training: a GPU, then TensorFlow's C library (in Node), wasm, cpu.
 * One that starts and is not taken is stopped again, unless it ran before.
 *
 * @param use Starts a backend, shows it to `accept` once it runs, and checks its numbers; rejects if any of them fails.
 * @throws EigenganError when there is none, with the reason for each; ArgumentError as `use` throws it.
 */
export async function chooseBackend<Report>(
  use: (name: BackendName, accept: (running: RunningBackend) => void) => Promise<Report>,
): Promise<{ readonly chosen: Report; readonly passedOver: readonly PassedOver[] }> {
  const previous: string | undefined = tf.engine().backendName;
  const passedOver: PassedOver[] = [];
  for (const backend of tf.env().getBool('IS_NODE') ? inNode : inBrowsers) {
    const ranBefore = backend in tf.engine().registry;
    try {
      return { chosen: await use(backend, assertFit), passedOver };
    } catch (error) {
      if (!ranBefore) stop(backend);
      const message = messageOf(error);
      // The caller's mistake, not the backend's.
      if (EigenganError.is(error) && error.name === 'ArgumentError') throw error;
      passedOver.push({ backend, reason: message.replace(/^useBackend: /, '') });
    }
  }
  if (previous !== undefined && tf.findBackendFactory(previous) !== null) await tf.setBackend(previous);
  throw new EigenganError(
    `useBackend: auto needs a backend that can train here, got none: ${passedOver
      .map(({ backend, reason }) => `${backend}: ${reason}`)
      .join('; ')}`,
  );
}

function assertFit({ software, device, floatPrecision }: RunningBackend): void {
  if (software) throw new EigenganError(`a program plays the GPU (${device}), slower than wasm`);
  if (floatPrecision < 32)
    throw new EigenganError(`it computes in ${floatPrecision} bits, training wants 32`);
}

/** Frees what a backend holds; it can be started again. */
function stop(backend: BackendName): void {
  const { registry, registryFactory } = tf.engine();
  const registered = registryFactory[backend];
  if (registered === undefined || !(backend in registry)) return;
  tf.removeBackend(backend);
  tf.registerBackend(backend, registered.factory, registered.priority);
}
