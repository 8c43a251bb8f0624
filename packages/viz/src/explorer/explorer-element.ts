import { html, LitElement, type TemplateResult } from 'lit';
import type { Picture } from '../picture';
import type { Explorable } from './explorable';
import { announce } from './explorer-events';
import { type ExplorerState, initialState } from './explorer-state';
import { explorerView, type ViewActions } from './explorer-view';
import { type AnimationMaker, gifMaker } from './save-actions';
import { ExplorerSession, type Pin } from './session';
import { shortcutOf } from './shortcuts';
import { stateWords } from './stage';
import { styles } from './styles';

/** Seeds of the random button: short enough to say. */
const seeds = 1_000_000;
/** Milliseconds that a pointer rests on a dimension before its strip is drawn: crossing a row is no wish. */
const dwell = 120;

/**
 * `<eigengan-explorer>`: a picture, and a slider for each number that makes it. Set `model`; the rest is
 * optional. What it says is in the events of `ExplorerEvents`, which bubble.
 */
export class ExplorerElement extends LitElement {
  static override styles = styles;
  static override properties = {
    theme: { type: String, reflect: true },
    shortcuts: { type: String },
    // Named here, they may be set before the element is defined. A state precedes its model.
    state: { attribute: false, noAccessor: true },
    model: { attribute: false, noAccessor: true },
    names: { attribute: false, noAccessor: true },
    animationMaker: { attribute: false, noAccessor: true },
  };

  /** `light` or `dark`. Default: as the person prefers. */
  declare theme: 'light' | 'dark' | undefined;
  /** `off`: single keys do nothing but in a slider. */
  declare shortcuts: 'off' | undefined;

  #session: ExplorerSession | undefined;
  #wanted: Partial<ExplorerState> = initialState;
  #names: Readonly<Record<string, string>> = {};
  #animationMaker = gifMaker;
  #renaming: string | undefined;
  #peeked: Pin | undefined;
  #said = '';
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** What is explored. Another model begins anew, at the state that was set last, else at the mode. */
  get model(): Explorable | undefined {
    return this.#session?.model;
  }

  /** @throws ArgumentError when its dimensions do not fit each other; then the last model stays */
  set model(model: Explorable | undefined) {
    const session = model && new ExplorerSession(model, this.#events, this.#wanted);
    this.#session?.stop();
    this.#session = session;
    this.#wanted = initialState;
    this.#names = Object.fromEntries(
      (model?.dimensions ?? []).flatMap(({ id, name }) => (name === undefined ? [] : [[id, name]])),
    );
    this.#renaming = undefined;
    this.#peeked = undefined;
    this.requestUpdate();
  }

  /** Which picture is shown. To set it is a step that can be undone; before there is a model, where it begins. */
  get state(): ExplorerState {
    return this.#session?.state ?? { ...initialState, ...this.#wanted };
  }

  set state(state: Partial<ExplorerState>) {
    if (this.#session === undefined) this.#wanted = state;
    else this.#go(state, undefined);
  }

  /** Names of the dimensions by their id, those that the model came with included. */
  get names(): Readonly<Record<string, string>> {
    return this.#names;
  }

  set names(names: Readonly<Record<string, string>>) {
    this.#names = { ...names };
    this.requestUpdate();
  }

  /** The newest picture; undefined until the first is made. */
  get picture(): Picture | undefined {
    return this.#session?.picture;
  }

  /** Makes a file of an animation's frames. Default: a GIF. */
  get animationMaker(): AnimationMaker {
    return this.#animationMaker;
  }

  set animationMaker(maker: AnimationMaker) {
    this.#animationMaker = maker;
    this.requestUpdate();
  }

  /** The numbers that make the present picture, a fresh array; empty while there is no model. */
  get latents(): Float32Array {
    return this.#session?.latents() ?? new Float32Array();
  }

  /** Goes to a picture of a seed drawn by chance. */
  random(): void {
    const seed = Math.floor(Math.random() * seeds);
    this.#go({ ...this.state, seed, moved: {} }, `Random picture, seed ${seed}`);
  }

  /** Goes to the mode: all latents zero. */
  mode(): void {
    this.#go({ truncation: this.state.truncation }, 'The mode');
  }

  undo(): void {
    if (this.#session?.undo()) this.#changed(`Undone, ${stateWords(this.state)}`);
  }

  redo(): void {
    if (this.#session?.redo()) this.#changed(`Done again, ${stateWords(this.state)}`);
  }

  /** Keeps the present picture to compare with. */
  pin(): void {
    if (this.#session?.pin()) this.#say(`Pinned, ${this.#session.pins.length} in all`);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
    clearTimeout(this.#resting);
  }

  protected override render(): TemplateResult {
    if (this.#session === undefined) return html`<slot></slot>`;
    return explorerView(this.#session, {
      names: this.#names,
      renaming: this.#renaming,
      peeked: this.#peeked,
      said: this.#said,
      animationMaker: this.#animationMaker,
      act: this.#acts,
    });
  }

  protected override updated(): void {
    const field = this.renderRoot.querySelector('input.name');
    if (field instanceof HTMLInputElement && this.renderRoot.querySelector('input.name:focus') === null) {
      field.focus();
      field.select();
    }
  }

  readonly #events = {
    changed: () => this.requestUpdate(),
    rendered: (picture: Picture, milliseconds: number) =>
      announce(this, 'explorer-render', { picture, milliseconds }),
    failed: (error: unknown) => {
      announce(this, 'explorer-error', { error });
    },
  };

  readonly #acts: ViewActions = {
    press: (name) => this[name](),
    try: (state) => {
      this.#session?.try(state);
      announce(this, 'explorer-input', { state: this.state });
    },
    move: (id, value) => {
      this.#session?.move(id, value);
      announce(this, 'explorer-input', { state: this.state });
    },
    commit: () => {
      if (this.#session?.commit()) this.#changed(undefined);
    },
    go: (state, words) => this.#go(state, words),
    point: (id) => {
      clearTimeout(this.#resting);
      if (id !== undefined) this.#resting = setTimeout(() => this.#session?.preview(id), dwell);
    },
    peek: (pin) => {
      this.#peeked = pin;
      this.requestUpdate();
    },
    rename: (id) => {
      this.#renaming = id;
      this.requestUpdate();
    },
    named: (id, name) => this.#named(id, name),
    say: (words) => this.#say(words),
    failed: this.#events.failed,
    offer: (detail) => announce(this, 'explorer-export', detail, { cancelable: true }),
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (this.shortcuts === 'off') return;
    const shortcut = shortcutOf(event, this);
    if (shortcut === undefined) return;
    event.preventDefault();
    this[shortcut]();
  };

  #named(id: string, name: string | undefined): void {
    // Enter and Escape take the field away, which then loses the focus too.
    if (this.#renaming !== id) return;
    this.#renaming = undefined;
    const { [id]: before, ...others } = this.#names;
    if (name !== undefined && name !== (before ?? '')) {
      this.#names = name === '' ? others : { ...others, [id]: name };
      announce(this, 'explorer-name', { id, name: name === '' ? undefined : name, names: this.#names });
      this.#say(name === '' ? 'Name removed' : `Named ${name}`);
    }
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const button = this.renderRoot.querySelector(`[data-rename="${CSS.escape(id)}"]`);
      if (button instanceof HTMLElement && this.shadowRoot?.activeElement === null) button.focus();
    });
  }

  #go(state: Partial<ExplorerState>, words: string | undefined): void {
    if (this.#session?.go(state)) this.#changed(words);
  }

  #changed(words: string | undefined): void {
    announce(this, 'explorer-change', { state: this.state });
    if (words !== undefined) this.#say(words);
  }

  #say(words: string): void {
    this.#said = words;
    this.requestUpdate();
  }
}
