import type { Picture } from '../picture';
import type { ExplorerState } from './explorer-state';

/** A picture kept to compare with, as plain data. */
export interface PinnedState {
  readonly state: ExplorerState;
  /** What a person called it. Default: what its state is. */
  readonly name?: string | undefined;
}

/** A pin as it is shown. */
export interface Pin extends PinnedState {
  /** What tells it from the others, also from those of before. */
  readonly id: number;
  /** undefined until it is made. */
  readonly picture: Picture | undefined;
  /** Whether it stands beside the present picture. */
  readonly compared: boolean;
}

/** Pictures that a person can pin at once; a page may give more. */
export const mostPins = 8;

/** The pinned pictures of a session. */
export class Pins {
  #all: readonly Pin[] = [];
  #made = 0;

  /**
   * @param make makes the picture of a state
   * @param changed is called when something to show is another
   */
  constructor(
    private readonly make: (state: ExplorerState) => Promise<Picture>,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  get all(): readonly Pin[] {
    return this.#all;
  }

  /** As a page keeps them. */
  get states(): readonly PinnedState[] {
    return this.#all.map(({ state, name }) => (name === undefined ? { state } : { state, name }));
  }

  get compared(): readonly Pin[] {
    return this.#all.filter(({ compared }) => compared);
  }

  /** Pins a picture. Whether there is room. */
  add(state: ExplorerState, picture: Picture): boolean {
    if (this.#all.length >= mostPins) return false;
    this.#set([...this.#all, { id: ++this.#made, state, picture, name: undefined, compared: false }]);
    return true;
  }

  remove(id: number): void {
    this.#set(this.#all.filter((pin) => pin.id !== id));
  }

  /** Names a pin; an empty name takes its name away. */
  rename(id: number, name: string): void {
    this.#change(id, { name: name === '' ? undefined : name });
  }

  /** Puts a pin beside the present picture, or away again. */
  compare(id: number, compared: boolean): void {
    this.#change(id, { compared });
  }

  /** Pins others instead, and makes their pictures. */
  replace(pins: readonly PinnedState[]): void {
    const fresh = pins.map(({ state, name }) => ({
      ...{ id: ++this.#made, state, name },
      ...{ picture: undefined, compared: false },
    }));
    this.#set(fresh);
    for (const { id, state } of fresh) {
      this.make(state).then((picture) => this.#change(id, { picture }), this.failed);
    }
  }

  #change(id: number, part: Partial<Pin>): void {
    this.#set(this.#all.map((pin) => (pin.id === id ? { ...pin, ...part } : pin)));
  }

  #set(pins: readonly Pin[]): void {
    this.#all = pins;
    this.changed();
  }
}
