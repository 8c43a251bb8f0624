import { html, LitElement, type TemplateResult } from 'lit';
import type { Picture } from '../picture';
import type { Explorable } from './explorable';
import { announce } from './explorer-events';
import { type ExplorerState, initialState } from './explorer-state';
import { explorerView } from './explorer-view';
import { Renaming } from './name-field';
import type { PinnedState } from './pins';
import { type AnimationMaker, gifMaker } from './save-actions';
import { ExplorerSession } from './session';
import { shortcutOf } from './shortcuts';
import { styles } from './styles';
import { viewActions } from './view-actions';

/** Where a model begins: the state and the pins that were set before it. */
const nothingWanted = { state: initialState, pins: [] } as const;

/**
 * `<eigengan-explorer>`: a picture, and a slider for each number that makes it. Set `model`; the rest is
 * optional. What it says is in the events of `ExplorerEvents`, which bubble.
 */
export class ExplorerElement extends LitElement {
  static override styles = styles;
  static override properties = {
    theme: { type: String, reflect: true },
    shortcuts: { type: String },
    // Named here, they may be set before the element is defined. State and pins precede their model.
    state: { attribute: false, noAccessor: true },
    pins: { attribute: false, noAccessor: true },
    model: { attribute: false, noAccessor: true },
    names: { attribute: false, noAccessor: true },
    animationMaker: { attribute: false, noAccessor: true },
  };

  /** `light` or `dark`. Default: as the person prefers. */
  declare theme: 'light' | 'dark' | undefined;
  /** `off`: single keys do nothing but in a slider. */
  declare shortcuts: 'off' | undefined;

  #session: ExplorerSession | undefined;
  #wanted: { readonly state: Partial<ExplorerState>; readonly pins: readonly PinnedState[] } = nothingWanted;
  #names: Readonly<Record<string, string>> = {};
  #animationMaker = gifMaker;
  #said = '';
  readonly #renaming = new Renaming(this);
  readonly #act = viewActions(
    this,
    () => this.#session,
    (words) => {
      this.#said = words;
      this.requestUpdate();
    },
  );

  /**
   * What is explored. Another model begins anew, at the state and the pins that were set last, else at the mode
   * without pins.
   */
  get model(): Explorable | undefined {
    return this.#session?.model;
  }

  /** @throws ArgumentError when its dimensions do not fit each other; then the last model stays */
  set model(model: Explorable | undefined) {
    const session = model && new ExplorerSession(model, this.#events, this.#wanted.state);
    this.#session?.stop();
    this.#session = session;
    session?.setPins(this.#wanted.pins);
    this.#wanted = nothingWanted;
    this.#names = Object.fromEntries(
      (model?.dimensions ?? []).flatMap(({ id, name }) => (name === undefined ? [] : [[id, name]])),
    );
    this.#renaming.stop();
    this.requestUpdate();
  }

  /** Which picture is shown. To set it is a step that can be undone; before there is a model, where it begins. */
  get state(): ExplorerState {
    return this.#session?.state ?? { ...initialState, ...this.#wanted.state };
  }

  set state(state: Partial<ExplorerState>) {
    if (this.#session === undefined) this.#wanted = { ...this.#wanted, state };
    else if (this.#session.go(state)) announce(this, 'explorer-change', { state: this.state });
  }

  /** The pinned pictures. To set them makes their pictures; before there is a model, those it begins with. */
  get pins(): readonly PinnedState[] {
    return this.#session?.pins.states ?? this.#wanted.pins;
  }

  set pins(pins: readonly PinnedState[]) {
    if (this.#session === undefined) this.#wanted = { ...this.#wanted, pins };
    else this.#session.setPins(pins);
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
    this.#act.press('random');
  }

  /** Goes to the mode: all latents zero. */
  mode(): void {
    this.#act.press('mode');
  }

  undo(): void {
    this.#act.press('undo');
  }

  redo(): void {
    this.#act.press('redo');
  }

  /** Keeps the present picture to compare with. */
  pin(): void {
    this.#act.press('pin');
  }

  /** Puts the newest pin beside the present picture; where some are, puts them away. */
  compare(): void {
    this.#act.press('compare');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
    this.#act.point(undefined);
  }

  protected override render(): TemplateResult {
    if (this.#session === undefined) return html`<slot></slot>`;
    return explorerView(this.#session, {
      names: this.#names,
      renaming: this.#renaming,
      said: this.#said,
      animationMaker: this.#animationMaker,
      act: this.#act,
    });
  }

  readonly #events = {
    changed: () => this.requestUpdate(),
    rendered: (picture: Picture, milliseconds: number) =>
      announce(this, 'explorer-render', { picture, milliseconds }),
    failed: this.#act.failed,
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (this.shortcuts === 'off') return;
    const shortcut = shortcutOf(event, this);
    if (shortcut === undefined) return;
    event.preventDefault();
    this.#act.press(shortcut);
  };
}
