import { html, nothing, type TemplateResult } from 'lit';
import type { Picture } from '../picture';
import { valueText } from './dimension-row';
import { showing } from './draw-picture';
import type { ExplorerState } from './explorer-state';
import { icons } from './icons';
import type { Pin, Strip } from './session';

/** What a state is, in words for a caption. */
export function stateWords({ seed, moved }: ExplorerState): string {
  const count = Object.keys(moved).length;
  const drawn = seed === undefined ? 'the mode' : `seed ${seed}`;
  return count === 0 ? drawn : `${drawn}, ${count} moved`;
}

/** The large picture; nothing but its place while there is none. */
export function pictureFrame(picture: Picture | undefined, words: string): TemplateResult {
  if (picture === undefined) return html`<div class="frame empty"></div>`;
  return html`<div class="frame">
    <canvas
      class="picture"
      role="img"
      aria-label="Picture of ${words}"
      style="aspect-ratio: ${picture.width} / ${picture.height}"
      ${showing(picture)}
    ></canvas>
  </div>`;
}

export interface StripView {
  readonly strip: Strip | undefined;
  /** The dimension's name. */
  readonly name: string;
  /** Its present value. */
  readonly value: number;
  take(value: number): void;
}

/** Pictures along the dimension that is pointed at, each a button that sets it. */
export function stripView({ strip, name, value, take }: StripView): TemplateResult {
  if (strip === undefined) {
    return html`<div class="strip hint"><p>Point at a dimension to see what it does.</p></div>`;
  }
  const { values, pictures } = strip;
  const nearest = values.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best));
  return html`<div class="strip" role="group" aria-label="${name}, from ${valueText(values[0] ?? 0)} up">
    <p><strong>${name}</strong></p>
    <div class="tiles">
      ${values.map((one, i) => {
        const picture = pictures[i];
        return html`<button
          class="tile ${one === nearest ? 'here' : ''}"
          tabindex="-1"
          aria-label="Set ${name} to ${valueText(one)}"
          title=${valueText(one)}
          @click=${() => take(one)}
        >
          ${
            picture === undefined
              ? nothing
              : html`<canvas style="aspect-ratio: ${picture.width} / ${picture.height}" ${showing(picture)}></canvas>`
          }
        </button>`;
      })}
    </div>
  </div>`;
}

export interface PinsView {
  readonly pins: readonly Pin[];
  /** Shows a pin in the large picture for as long as it is pointed at. */
  peek(pin: Pin | undefined): void;
  goTo(pin: Pin): void;
  unpin(pin: Pin): void;
}

/** The pinned pictures; nothing when there are none. */
export function pinsView({ pins, peek, goTo, unpin }: PinsView): TemplateResult | typeof nothing {
  if (pins.length === 0) return nothing;
  return html`<section class="pins" aria-label="Pinned pictures">
    <p class="note">Pinned. Point at one to compare, press it to go back to it.</p>
    <ul>
      ${pins.map((pin, i) => {
        const words = stateWords(pin.state);
        return html`<li
          @pointerenter=${() => peek(pin)}
          @pointerleave=${() => peek(undefined)}
          @focusin=${() => peek(pin)}
          @focusout=${() => peek(undefined)}
        >
          <button class="tile" aria-label="Go back to pin ${i + 1}, ${words}" @click=${() => goTo(pin)}>
            <canvas
              style="aspect-ratio: ${pin.picture.width} / ${pin.picture.height}"
              ${showing(pin.picture)}
            ></canvas>
          </button>
          <span class="note">${words}</span>
          <button class="icon remove" aria-label="Unpin ${i + 1}" title="Unpin" @click=${() => unpin(pin)}>
            ${icons.remove}
          </button>
        </li>`;
      })}
    </ul>
  </section>`;
}
