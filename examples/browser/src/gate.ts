/** Holds up who passes while it is closed. */
export interface Gate {
  readonly closed: boolean;
  close(): void;
  open(): void;
  /** Resolves at once when it is open, else when it opens. */
  pass(): Promise<void>;
}

export function createGate(): Gate {
  let waiting: (() => void)[] | undefined;
  return {
    get closed() {
      return waiting !== undefined;
    },
    close() {
      waiting ??= [];
    },
    open() {
      for (const resolve of waiting ?? []) resolve();
      waiting = undefined;
    },
    pass() {
      return new Promise((resolve) => {
        if (waiting === undefined) resolve();
        else waiting.push(resolve);
      });
    },
  };
}
