/** Work that others wait for, not to see it half done. */
export class UnderWay {
  /** Resolves when the work has ended, well or not; null when there is none. */
  #end: Promise<void> | null = null;

  get active(): boolean {
    return this.#end !== null;
  }

  /** Does `work`; what it does within itself is part of it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#end !== null) return work();
    let ended = () => {};
    this.#end = new Promise((resolve) => {
      ended = resolve;
    });
    try {
      return await work();
    } finally {
      this.#end = null;
      ended();
    }
  }

  /** Resolves when nothing is under way. */
  async over(): Promise<void> {
    while (this.#end !== null) await this.#end;
  }
}
