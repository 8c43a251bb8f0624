import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ExplorerState } from './explorer-state';
import { icons } from './icons';
import type { Shortcut } from './shortcuts';
import { mostTruncation } from './truncated-normal';

export interface ToolActions {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly canPin: boolean;
  press(button: Shortcut): void;
}

/** The buttons beside the picture. */
export function tools(actions: ToolActions, menu: TemplateResult): TemplateResult {
  return html`<div class="tools" role="group" aria-label="Picture">
    ${tool('Random', 'R', icons.random, () => actions.press('random'), true, 'lead')}
    ${tool('Mode', 'M', icons.mode, () => actions.press('mode'))}
    ${tool('Undo', 'Z', icons.undo, () => actions.press('undo'), actions.canUndo, 'short')}
    ${tool('Redo', 'Shift+Z', icons.redo, () => actions.press('redo'), actions.canRedo, 'short')}
    ${tool('Pin', 'P', icons.pin, () => actions.press('pin'), actions.canPin)} ${menu}
  </div>`;
}

function tool(
  name: string,
  keys: string,
  icon: unknown,
  press: () => void,
  enabled = true,
  kind = '',
): TemplateResult {
  return html`<button
    class="tool ${kind}"
    title="${name} (${keys})"
    aria-label=${name}
    aria-keyshortcuts=${keys}
    aria-disabled=${enabled ? nothing : 'true'}
    @click=${() => enabled && press()}
  >
    ${icon}<span>${name}</span>
  </button>`;
}

export interface SaveActions {
  /** Name of the dimension whose strip is shown. */
  readonly along: string | undefined;
  picture(): void;
  strip(): void;
  animation(): void;
  latents(): void;
  open(file: File): void;
}

/** What can be saved, in a list that opens. */
export function saveMenu(actions: SaveActions): TemplateResult {
  const { along } = actions;
  const item = (text: string, press: () => void) =>
    html`<button
      @click=${(event: Event) => {
        close(event);
        press();
      }}
    >
      ${text}
    </button>`;
  return html`<details class="menu" @keydown=${onMenuKey} @focusout=${onMenuLeft}>
    <summary class="tool" title="Save" aria-label="Save">${icons.save}<span>Save</span></summary>
    <div class="items">
      ${item('Picture, PNG', () => actions.picture())}
      ${along === undefined ? nothing : item(`Strip of ${along}, PNG`, () => actions.strip())}
      ${along === undefined ? nothing : item(`Animation of ${along}`, () => actions.animation())}
      ${item('Latents, JSON', () => actions.latents())}
      <label class="item">
        Open latents …
        <input type="file" accept="application/json,.json" @change=${(event: Event) => openFile(event, actions)} />
      </label>
    </div>
  </details>`;
}

/** Seed and truncation. */
export function drawing(
  state: ExplorerState,
  tryState: (state: Partial<ExplorerState>) => void,
  commit: () => void,
): TemplateResult {
  const field = (event: Event) =>
    event.currentTarget instanceof HTMLInputElement ? event.currentTarget : undefined;
  const { seed, truncation } = state;
  return html`<div class="drawing">
    <label>
      <span>Seed</span>
      <input
        type="number"
        class="seed"
        min="0"
        step="1"
        inputmode="numeric"
        placeholder="mode"
        .value=${live(seed === undefined ? '' : String(seed))}
        @change=${(event: Event) => {
          const text = field(event)?.value ?? '';
          tryState({ seed: text === '' ? undefined : Math.abs(Math.trunc(Number(text))), moved: {} });
          commit();
        }}
      />
    </label>
    <label class="truncation" title="Drawn coordinates stay within so many standard deviations">
      <span>Truncation</span>
      <input
        type="range"
        min="0"
        max=${mostTruncation}
        step="0.05"
        style="--from: -1; --to: ${truncation / mostTruncation}; --zero: -1"
        .value=${live(String(truncation))}
        aria-valuetext=${truncation.toFixed(2)}
        @input=${(event: Event) => tryState({ truncation: field(event)?.valueAsNumber ?? truncation })}
        @change=${commit}
      />
      <output aria-hidden="true">${truncation.toFixed(2)}</output>
    </label>
  </div>`;
}

const menuOf = (event: Event) =>
  event.currentTarget instanceof Element ? event.currentTarget.closest('details') : null;

function close(event: Event): void {
  const menu = menuOf(event);
  if (menu === null) return;
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

function onMenuKey(event: KeyboardEvent): void {
  if (event.key === 'Escape') close(event);
}

function onMenuLeft(event: FocusEvent): void {
  const menu = menuOf(event);
  if (menu !== null && event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget))
    menu.open = false;
}

function openFile(event: Event, actions: SaveActions): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLInputElement)) return;
  const [file] = currentTarget.files ?? [];
  if (file !== undefined) actions.open(file);
  // The same file may be chosen again.
  currentTarget.value = '';
  close(event);
}
