import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

type Loss = 'not' | 'reads zeros' | 'rejects' | 'hangs';

let loss: Loss = 'not';
let onRead = (): void => {};

/**
 * Loses the device of `losable`, as WebGL (zeros, or waiting for ever) and WebGPU (rejects) do.
 *
 * @param then is called when something is read of the lost device
 */
export function lose(how: Loss, then = (): void => {}): void {
  loss = how;
  onRead = then;
}

class LosableBackend extends MathBackendCPU {
  override async read(dataId: object): Promise<tf.BackendValues> {
    const values = await super.read(dataId);
    if (loss !== 'not') onRead();
    if (loss === 'rejects') throw new DOMException('A valid external Instance reference no longer exists');
    if (loss === 'hangs') return new Promise(() => {});
    if (loss === 'reads zeros' && values instanceof Float32Array) return new Float32Array(values.length);
    return values;
  }
}

/** Registers `losable`: the cpu backend on a device that `lose` loses. */
export function registerLosableBackend(): void {
  tf.registerBackend('losable', () => new LosableBackend());
  tf.copyRegisteredKernels('cpu', 'losable');
}
