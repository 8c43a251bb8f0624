import { assertPicture, type Picture } from '../picture';
import type { Explorable } from './explorable';
import { type ExplorerState, fitting, initialState, isSameState, latentsOf } from './explorer-state';
import { begin, type History, record, redo, undo } from './history';
import { layOutModel, type ModelLayout } from './model-layout';
import { type PinnedState, Pins } from './pins';
import { RenderQueue } from './render-queue';
import { StripMaker } from './strip';

/** What a session tells its owner. */
export interface SessionEvents {
  /** Something to show is another. */
  changed(): void;
  /** A picture of the present state, or of a later one than was shown, is there. */
  rendered(picture: Picture, milliseconds: number): void;
  failed(error: unknown): void;
}

/** The exploring of one model: state, history, pins, and the pictures of them. It knows no page. */
export class ExplorerSession {
  readonly layout: ModelLayout;
  readonly pins: Pins;
  readonly strips: StripMaker;
  #history: History<ExplorerState>;
  /** What a slider that is held shows, not yet in the history. */
  #draft: ExplorerState | undefined;
  #shown: { readonly state: ExplorerState; readonly picture: Picture } | undefined;
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
    this.pins = new Pins(
      (pinned) => this.#queue.make(latentsOf(model, this.layout, pinned)),
      events.changed,
      events.failed,
    );
    this.strips = new StripMaker(this.layout, this.#queue, () => this.latents(), events.changed);
    this.#render();
  }

  get state(): ExplorerState {
    return this.#draft ?? this.#history.present;
  }

  /** The newest picture; undefined until the first is made. */
  get picture(): Picture | undefined {
    return this.#shown?.picture;
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
    this.strips.refresh();
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

  /** Keeps the picture that is shown. Whether there is one, and room. */
  pin(): boolean {
    return this.#shown !== undefined && this.pins.add(this.#shown.state, this.#shown.picture);
  }

  /** Pins others instead, with what this model can take of them. */
  setPins(pins: readonly PinnedState[]): void {
    this.pins.replace(pins.map(({ state, name }) => ({ state: fitting(this.layout, state), name })));
  }

  /** The picture of the present state, made for this call. */
  now(): Promise<Picture> {
    return this.#queue.make(this.latents());
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
    if (moved) this.strips.refresh();
    return moved;
  }

  #render(): void {
    const start = performance.now();
    const { state } = this;
    this.#queue.show({
      latents: this.latents(),
      done: (picture) => {
        this.#shown = { state, picture };
        this.events.rendered(picture, performance.now() - start);
        this.events.changed();
      },
    });
    this.events.changed();
  }
}
