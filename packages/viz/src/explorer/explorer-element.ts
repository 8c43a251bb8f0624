import { html, LitElement, type TemplateResult } from 'lit';
import type { Picture } from '../picture';
import { dimensionGroup, type RowActions, strengthOf } from './dimension-row';
import type { Explorable } from './explorable';
import { announce } from './explorer-events';
import { type ExplorerState, initialState, latentsOf } from './explorer-state';
import type { Dimension } from './model-layout';
import { type AnimationMaker, gifMaker, saveActions } from './save-actions';
import { ExplorerSession, mostPins, type Pin } from './session';
import { shortcutOf } from './shortcuts';
import { pictureFrame, pinsView, stateWords, stripView } from './stage';
import { styles } from './styles';
import { drawing, saveMenu, tools } from './tools';

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
  static override properties = { theme: { type: String, reflect: true }, shortcuts: { type: String } };

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
    if (this.#session?.undo()) this.#changed('Undone');
  }

  redo(): void {
    if (this.#session?.redo()) this.#changed('Done again');
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
    const session = this.#session;
    if (session === undefined) return html`<div class="explorer"><slot></slot></div>`;
    const { layout, strip, pins, state } = session;
    const rows = this.#rowActions(session);
    const dimensions = [...layout.byId.values()];
    const strongest = Math.max(...dimensions.map(strengthOf));
    const previewed = strip && layout.byId.get(strip.id);
    const commit = () => this.#commit();
    const save = saveActions(
      session,
      this.#animationMaker,
      previewed && { ...previewed, name: rows.nameOf(previewed) },
      {
        say: (text) => this.#say(text),
        failed: this.#events.failed,
        offer: (detail) => announce(this, 'explorer-export', detail, { cancelable: true }),
        opened: (opened) => this.#go(opened, 'Latents opened'),
      },
    );
    return html`<div class="explorer">
      <div class="stage">
        <section class="view" aria-label="Picture">
          ${pictureFrame(this.#peeked?.picture ?? session.picture, stateWords(this.#peeked?.state ?? state))}
          ${tools(
            {
              canUndo: session.canUndo,
              canRedo: session.canRedo,
              canPin: pins.length < mostPins,
              random: () => this.random(),
              mode: () => this.mode(),
              undo: () => this.undo(),
              redo: () => this.redo(),
              pin: () => this.pin(),
            },
            saveMenu(save),
          )}
          ${stripView({
            strip,
            name: previewed === undefined ? '' : rows.nameOf(previewed),
            value: previewed === undefined ? 0 : rows.valueOf(previewed),
            take: (value) => {
              if (previewed !== undefined) session.move(previewed.id, value);
              this.#commit();
            },
          })}
        </section>
        ${drawing(state, (tried) => this.#try(tried), commit)}
        ${pinsView({
          pins,
          peek: (pin) => {
            this.#peeked = pin;
            this.requestUpdate();
          },
          goTo: (pin) => {
            this.#peeked = undefined;
            this.#go(pin.state, `Back to ${stateWords(pin.state)}`);
          },
          unpin: (pin) => {
            this.#peeked = undefined;
            session.unpin(pin);
          },
        })}
      </div>
      <div class="dimensions">
        <slot name="heading"></slot>
        ${layout.groups.map((group, i) => dimensionGroup(group, i, strongest, rows))}
      </div>
      <p class="said" role="status">${this.#said}</p>
    </div>`;
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

  readonly #onKey = (event: KeyboardEvent) => {
    if (this.shortcuts === 'off') return;
    const shortcut = shortcutOf(event, this);
    if (shortcut === undefined) return;
    event.preventDefault();
    this[shortcut]();
  };

  #rowActions(session: ExplorerSession): RowActions {
    const latents = session.latents();
    const drawn = latentsOf(session.model, session.layout, { ...session.state, moved: {} });
    const nameOf = ({ id, place }: Dimension) => this.#names[id] ?? place;
    return {
      nameOf,
      valueOf: ({ index }) => latents[index] ?? 0,
      drawnOf: ({ index }) => drawn[index] ?? 0,
      isMoved: ({ id }) => Object.hasOwn(session.state.moved, id),
      renaming: this.#renaming,
      previewed: session.strip?.id,
      move: ({ id }, value) => {
        session.move(id, value);
        announce(this, 'explorer-input', { state: session.state });
      },
      commit: () => this.#commit(),
      reset: ({ id }) => {
        session.move(id, undefined);
        this.#commit();
      },
      point: (dimension) => {
        clearTimeout(this.#resting);
        if (dimension !== undefined) this.#resting = setTimeout(() => session.preview(dimension.id), dwell);
      },
      preview: ({ id }) => session.preview(id),
      rename: ({ id }) => {
        this.#renaming = id;
        this.requestUpdate();
      },
      named: (dimension, name) => this.#named(dimension, name),
    };
  }

  #named({ id }: Dimension, name: string | undefined): void {
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

  #try(state: Partial<ExplorerState>): void {
    this.#session?.try(state);
    announce(this, 'explorer-input', { state: this.state });
  }

  #commit(): void {
    if (this.#session?.commit()) this.#changed(undefined);
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
