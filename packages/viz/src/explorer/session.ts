import { assertPicture, type Picture } from '../picture';
import type { Explorable } from './explorable';
import { type ExplorerState, fitting, initialState, isSameState, latentsOf } from './explorer-state';
import { begin, type History, record, redo, undo } from './history';
import { layOutModel, type ModelLayout, valuesAlong } from './model-layout';
import { RenderQueue } from './render-queue';

/** A picture kept to compare with, and the way back to it. */
export interface Pin {
  readonly state: ExplorerState;
  readonly picture: Picture;
}

/** Pictures along a dimension, everything else as it is; undefined where one is not made yet. */
export interface Strip {
  readonly id: string;
  readonly values: readonly number[];
  readonly pictures: readonly (Picture | undefined)[];
}

/** What a session tells its owner. */
export interface SessionEvents {
  /** Something to show is another. */
  changed(): void;
  /** A picture of the present state, or of a later one than was shown, is there. */
  rendered(picture: Picture, milliseconds: number): void;
  failed(error: unknown): void;
}

/** Pictures that can be pinned at once. */
export const mostPins = 8;
/** Pictures of a strip. */
const stripLength = 7;

/** The exploring of one model: state, history, pins, and the pictures of them. It knows no page. */
export class ExplorerSession {
  readonly layout: ModelLayout;
  #history: History<ExplorerState>;
  /** What a slider that is held shows, not yet in the history. */
  #draft: ExplorerState | undefined;
  #picture: Picture | undefined;
  #pins: readonly Pin[] = [];
  #strip: Strip | undefined;
  readonly #queue: RenderQueue;

  /** @throws ArgumentError when the model's dimensions do not fit each other */
  constructor(
    readonly model: Explorable,
    private readonly events: SessionEvents,
    state: Partial<ExplorerState> = initialState,
  ) {
    this.layout = layOutModel(model);
    this.#history = begin(fitting(this.layout, state));
    this.#queue = new RenderQueue(async (latents, options) => {
      const picture = await model.render(latents, options);
      assertPicture('explorer: render', picture);
      return picture;
    }, events.failed);
    this.#render();
  }

  get state(): ExplorerState {
    return this.#draft ?? this.#history.present;
  }

  /** The newest picture; undefined until the first is made. */
  get picture(): Picture | undefined {
    return this.#picture;
  }

  get pins(): readonly Pin[] {
    return this.#pins;
  }

  get strip(): Strip | undefined {
    return this.#strip;
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  /** A fresh array. */
  latents(): Float32Array {
    return latentsOf(this.model, this.layout, this.state);
  }

  /** Shows a state while it still changes; `commit` ends that. */
  try(state: Partial<ExplorerState>): void {
    this.#draft = fitting(this.layout, { ...this.state, ...state });
    this.#render();
  }

  /** Moves a dimension; undefined puts it back to what was drawn. */
  move(id: string, value: number | undefined): void {
    const { [id]: _, ...others } = this.state.moved;
    this.try({ moved: value === undefined ? others : { ...others, [id]: value } });
  }

  /** Makes what was tried a step of the history. Whether there was anything. */
  commit(): boolean {
    const draft = this.#draft;
    this.#draft = undefined;
    if (draft === undefined || isSameState(draft, this.#history.present)) return false;
    this.#history = record(this.#history, draft);
    this.#fillStrip();
    this.events.changed();
    return true;
  }

  /** Goes to a state, as a step of the history. */
  go(state: Partial<ExplorerState>): boolean {
    this.#draft = fitting(this.layout, state);
    this.#render();
    return this.commit();
  }

  undo(): boolean {
    return this.#turn(undo(this.#history));
  }

  redo(): boolean {
    return this.#turn(redo(this.#history));
  }

  /** Keeps the present picture. Whether there is one, and room. */
  pin(): boolean {
    if (this.#picture === undefined || this.#pins.length >= mostPins) return false;
    this.#pins = [...this.#pins, { state: this.state, picture: this.#picture }];
    this.events.changed();
    return true;
  }

  unpin(pin: Pin): void {
    this.#pins = this.#pins.filter((one) => one !== pin);
    this.events.changed();
  }

  /** Shows what a dimension does, in pictures along it. */
  preview(id: string | undefined): void {
    if (this.#strip?.id === id) return;
    const dimension = id === undefined ? undefined : this.layout.byId.get(id);
    this.#strip = dimension && {
      id: dimension.id,
      values: valuesAlong(dimension, stripLength),
      pictures: [],
    };
    this.#fillStrip();
    this.events.changed();
  }

  /** The picture of the present state, made for this call. */
  now(): Promise<Picture> {
    return this.#queue.make(this.latents());
  }

  /** Pictures of the present state with the dimension at these values. */
  along(id: string, values: readonly number[]): Promise<Picture[]> {
    const index = this.layout.byId.get(id)?.index ?? 0;
    return Promise.all(
      values.map((value) => {
        const latents = this.latents();
        latents[index] = value;
        return this.#queue.make(latents);
      }),
    );
  }

  /** Makes no more pictures. */
  stop(): void {
    this.#queue.stop();
  }

  #turn(history: History<ExplorerState>): boolean {
    const moved = history !== this.#history;
    this.#history = history;
    this.#draft = undefined;
    if (moved) this.#render();
    if (moved) this.#fillStrip();
    return moved;
  }

  #render(): void {
    const start = performance.now();
    this.#queue.show({
      latents: this.latents(),
      done: (picture) => {
        this.#picture = picture;
        this.events.rendered(picture, performance.now() - start);
        this.events.changed();
      },
    });
    this.events.changed();
  }

  #fillStrip(): void {
    const strip = this.#strip;
    const dimension = strip && this.layout.byId.get(strip.id);
    if (strip === undefined || dimension === undefined) {
      this.#queue.later([]);
      return;
    }
    this.#queue.later(
      strip.values.map((value, i) => {
        const latents = this.latents();
        latents[dimension.index] = value;
        return {
          latents,
          done: (picture) => {
            if (this.#strip?.id !== strip.id) return;
            const pictures = [...this.#strip.pictures];
            pictures[i] = picture;
            this.#strip = { ...strip, pictures };
            this.events.changed();
          },
        };
      }),
    );
  }
}
