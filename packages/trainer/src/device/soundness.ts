import { TrainingError } from '@eigengan/core';
import type { ScalarLog } from '../logs/scalar-log';
import { DeviceCanary } from './device-canary';
import { unlessFailed } from './failure-signal';

/** Whether a trainer's state can be trusted, and what its device is asked to find out. */
export class Soundness {
  readonly canary = new DeviceCanary();
  /** Aborted with the failure that stopped training; of no more use then. */
  #failure = new AbortController();
  /** Why the state can no longer be trusted, or null. */
  #spoiled: string | null = null;
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** @throws TrainingError when the state is spoiled, saying by what */
  assert(what: string): void {
    if (this.#spoiled === null) return;
    throw new TrainingError(`Trainer.${what}: the state must be good, but ${this.#spoiled}`, {
      hint: this.#disposed ? 'Make a new Trainer' : 'restore() a checkpoint first',
    });
  }

  /** From now on, until `mend`, the state is not to be trusted: `it must be good, but <reason>`. */
  spoil(reason: string): void {
    this.#spoiled = reason;
  }

  mend(): void {
    this.#spoiled = null;
  }

  /** Spoils the state by a failure and ends what waits for the device. */
  fail(failure: Error): void {
    if (this.#disposed) return;
    this.spoil(`training was stopped by: ${failure.message}`);
    this.#failure.abort(failure);
  }

  /** The outcome of what waits for the device, unless training fails first. */
  wait<T>(work: Promise<T>): Promise<T> {
    return unlessFailed(this.#failure.signal, work);
  }

  /**
   * A log's values.
   *
   * @throws TrainingError when the device has lost its memory, which spoils the state
   */
  async read(log: ScalarLog, step: number): Promise<Map<string, number>> {
    try {
      return await this.wait(log.read(this.canary));
    } catch (error) {
      this.#spoiled ??= `the device lost its memory by step ${step}`;
      throw error;
    }
  }

  /**
   * After the state was put back into the device's memory: it is good when that memory is.
   *
   * @throws TrainingError when the device has lost its memory
   */
  async putBack(where: string): Promise<void> {
    if (this.#disposed || this.#failure.signal.aborted) return;
    this.#spoiled ??= 'the device lost its memory';
    await this.canary.verify(where);
    this.mend();
  }

  /** A new state, on the backend that is in use now. */
  renew(): void {
    this.canary.renew();
    this.#failure = new AbortController();
    this.mend();
  }

  dispose(): void {
    if (!this.#disposed) this.canary.dispose();
    this.#disposed = true;
    this.spoil('it was disposed of');
  }
}
