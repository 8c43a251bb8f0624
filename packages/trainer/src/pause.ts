/** Whether work is to wait, and a promise for whoever waits. */
export class Pause {
  #ended: Promise<void> | null = null;
  #end = () => {};

  get active(): boolean {
    return this.#ended !== null;
  }

  begin(): void {
    this.#ended ??= new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  end(): void {
    this.#ended = null;
    this.#end();
  }

  /** Resolves when there is no pause, or the signal is aborted. */
  async over(signal: AbortSignal | undefined): Promise<void> {
    while (this.#ended !== null && signal?.aborted !== true) await this.#endOrAbort(this.#ended, signal);
  }

  async #endOrAbort(ended: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    let stopListening = () => {};
    const aborted = new Promise<void>((resolve) => {
      const listener = () => resolve();
      signal?.addEventListener('abort', listener);
      stopListening = () => signal?.removeEventListener('abort', listener);
    });
    await Promise.race([ended, aborted]);
    stopListening();
  }
}
