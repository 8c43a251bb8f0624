import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { shape, showing } from './draw-picture';
import { icons } from './icons';
import type { Pin, PinnedState } from './pins';
import { stateWords } from './stage';

export interface PinsView {
  readonly pins: readonly Pin[];
  /** A pin's name, or the field in which it is written. */
  nameView(pin: Pin): TemplateResult;
  /** Puts a pin beside the present picture, or away again. */
  compare(pin: Pin): void;
  goTo(pin: Pin): void;
  unpin(pin: Pin): void;
}

/** What a pin is called: its name, else what its state is. */
export const pinLabel = ({ name, state }: PinnedState) => name ?? stateWords(state);

/** The pinned pictures; nothing when there are none. */
export function pinsView({
  pins,
  nameView,
  compare,
  goTo,
  unpin,
}: PinsView): TemplateResult | typeof nothing {
  if (pins.length === 0) return nothing;
  return html`<section class="pins" aria-label="Pinned pictures">
    <p class="note">Pinned. Press one to see it beside the present picture.</p>
    <ul>
      ${repeat(
        pins,
        // By its id: the focus must not pass to the next pin's button, which would take it away too.
        ({ id }) => id,
        (pin, i) => {
          const words = `pin ${i + 1}, ${pinLabel(pin)}`;
          const { picture } = pin;
          return html`<li>
          <button
            class="tile"
            data-pin=${pin.id}
            aria-label="Compare with ${words}"
            aria-pressed=${pin.compared}
            @click=${() => compare(pin)}
          >
            ${picture === undefined ? nothing : html`<canvas style=${shape(picture)} ${showing(picture)}></canvas>`}
          </button>
          ${nameView(pin)}
          <button class="icon" aria-label="Go back to ${words}" title="Go back to it" @click=${() => goTo(pin)}>
            ${icons.back}
          </button>
          <button class="icon" aria-label="Unpin ${i + 1}" title="Unpin" @click=${() => unpin(pin)}>
            ${icons.remove}
          </button>
        </li>`;
        },
      )}
    </ul>
  </section>`;
}
