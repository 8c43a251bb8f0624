import { html, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import { icons } from './icons';

/** Something that a person can name. */
export interface Nameable {
  /** What tells it from all others that can be named. */
  readonly key: string;
  /** What it is called now. */
  readonly name: string;
  /** What it is called while nobody has named it. */
  readonly unnamed: string;
  /** What it is, for those who do not see. */
  readonly what: string;
}

/** Which name is being written, and where the focus goes. */
export class Renaming implements ReactiveController {
  #key: string | undefined;

  constructor(private readonly host: ReactiveElement) {
    host.addController(this);
  }

  /** A name as a button that opens a field; `named` is given what a person wrote, empty to take it away. */
  view(subject: Nameable, named: (name: string) => void): TemplateResult {
    return this.#key === subject.key ? this.#field(subject, named) : this.#button(subject);
  }

  /** Ends it without a name. */
  stop(): void {
    this.#key = undefined;
  }

  hostUpdated(): void {
    const field = this.host.renderRoot.querySelector('input.name');
    if (!(field instanceof HTMLInputElement) || field.matches(':focus')) return;
    field.focus();
    field.select();
  }

  #button({ key, name }: Nameable): TemplateResult {
    return html`<button
      class="name"
      data-rename=${key}
      aria-label="${name}: rename"
      @click=${() => {
        this.#key = key;
        this.host.requestUpdate();
      }}
    >
      <span>${name}</span>${icons.rename}
    </button>`;
  }

  #field(subject: Nameable, named: (name: string) => void): TemplateResult {
    const { name, unnamed, what } = subject;
    return html`<input
      class="name"
      type="text"
      maxlength="60"
      .value=${name === unnamed ? '' : name}
      placeholder=${unnamed}
      aria-label="Name of ${what}"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // The button that gets the focus next would take the key as a press.
        event.preventDefault();
        this.#end(subject, event.key === 'Enter' ? textIn(event) : undefined, named);
      }}
      @blur=${(event: Event) => this.#end(subject, textIn(event), named)}
    />`;
  }

  /** With undefined the name stays as it was. */
  #end({ key, name, unnamed }: Nameable, text: string | undefined, named: (name: string) => void): void {
    // Enter and Escape take the field away, which then loses the focus too.
    if (this.#key !== key) return;
    this.#key = undefined;
    if (text !== undefined && text !== (name === unnamed ? '' : name)) named(text);
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      const root = this.host.renderRoot;
      const button = root.querySelector(`[data-rename="${CSS.escape(key)}"]`);
      if (button instanceof HTMLElement && root.querySelector(':focus') === null) button.focus();
    });
  }
}

const textIn = ({ currentTarget }: Event) =>
  currentTarget instanceof HTMLInputElement ? currentTarget.value.trim() : '';
