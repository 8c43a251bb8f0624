import { html, nothing, type TemplateResult } from 'lit';
import type { Picture } from '../picture';
import { valueText } from './dimension-row';
import { shape, showing } from './draw-picture';
import type { ExplorerState } from './explorer-state';
import type { Strip } from './strip';

/** What a state is, in words for a caption. */
export function stateWords({ seed, moved }: ExplorerState): string {
  const count = Object.keys(moved).length;
  const drawn = seed === undefined ? 'the mode' : `seed ${seed}`;
  return count === 0 ? drawn : `${drawn}, ${count} moved`;
}

/** The large picture, and those that are compared with it beside it; only their place while there is none. */
export function pictureFrame(
  picture: Picture | undefined,
  words: string,
  compared: readonly { readonly picture: Picture | undefined; readonly label: string }[],
): TemplateResult {
  if (picture === undefined) return html`<div class="frame empty"></div>`;
  const now = html`<canvas
    class="picture"
    role="img"
    aria-label="Picture of ${words}"
    style=${shape(picture)}
    ${showing(picture)}
  ></canvas>`;
  if (compared.length === 0) return html`<div class="frame">${now}</div>`;
  const columns = Math.ceil(Math.sqrt(compared.length + 1));
  const rows = Math.ceil((compared.length + 1) / columns);
  const parts = `--columns: ${columns}; --rows: ${rows}; --shape: ${picture.width} / ${picture.height}`;
  return html`<div class="frame beside" style=${parts}><div class="pictures">
    <figure>${now}<figcaption>Now</figcaption></figure>
    ${compared.map(
      (one) => html`<figure>
        ${
          one.picture === undefined
            ? html`<div class="picture" style=${shape(picture)}></div>`
            : html`<canvas
                class="picture"
                role="img"
                aria-label="Pinned picture, ${one.label}"
                style=${shape(one.picture)}
                ${showing(one.picture)}
              ></canvas>`
        }
        <figcaption>${one.label}</figcaption>
      </figure>`,
    )}
  </div></div>`;
}

export interface StripView {
  readonly strip: Strip | undefined;
  /** The dimension's name. */
  readonly name: string;
  /** The title of its layer. */
  readonly layer: string;
  /** Its present value. */
  readonly value: number;
  take(value: number): void;
}

/** Pictures along the dimension that is pointed at, each a button that sets it. */
export function stripView({ strip, name, layer, value, take }: StripView): TemplateResult {
  if (strip === undefined) {
    return html`<div class="strip hint"><p>Point at a dimension to see what it does.</p></div>`;
  }
  const { values, pictures } = strip;
  const nearest = values.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best));
  return html`<div class="strip" role="group" aria-label="${name}, from ${valueText(values[0] ?? 0)} up">
    <p><strong>${name}</strong><span class="note">${layer}</span></p>
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
              : html`<canvas style=${shape(picture)} ${showing(picture)}></canvas>`
          }
        </button>`;
      })}
    </div>
  </div>`;
}
