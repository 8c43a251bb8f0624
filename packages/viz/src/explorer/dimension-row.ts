import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icons } from './icons';
import { type Dimension, type DimensionGroup, visibleActivity } from './model-layout';
import { keyedValue } from './range-keys';

/** What the rows need of their owner. */
export interface RowActions {
  nameOf(dimension: Dimension): string;
  valueOf(dimension: Dimension): number;
  /** The value that was drawn, from which it is moved. */
  drawnOf(dimension: Dimension): number;
  isMoved(dimension: Dimension): boolean;
  /** The dimension's name, or the field in which it is written. */
  nameView(dimension: Dimension): TemplateResult;
  /** The dimension whose strip is shown. */
  readonly previewed: string | undefined;
  move(dimension: Dimension, value: number): void;
  commit(): void;
  reset(dimension: Dimension): void;
  point(dimension: Dimension | undefined): void;
  preview(dimension: Dimension): void;
}

/** `−1.50`: a coordinate in standard deviations. */
export const valueText = (value: number) =>
  value
    .toFixed(2)
    .replace(/^-(?=0\.00$)/, '')
    .replace('-', '−');

/** A layer's sliders under its title. */
export function dimensionGroup(
  { title, dimensions }: DimensionGroup,
  number: number,
  strongest: number,
  actions: RowActions,
): TemplateResult {
  const id = `group-${number}`;
  return html`<section class="group" role="group" aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    ${dimensions.map((dimension) => dimensionRow(dimension, strongest, actions))}
  </section>`;
}

function dimensionRow(dimension: Dimension, strongest: number, actions: RowActions): TemplateResult {
  const { id, layer, range, activity } = dimension;
  const name = actions.nameOf(dimension);
  const value = actions.valueOf(dimension);
  const dead = activity !== undefined && activity < visibleActivity;
  const share = (one: number) =>
    Math.min(1, Math.max(0, (one - range[0]) / (range[1] - range[0]))).toFixed(4);
  const [from, to] = [actions.drawnOf(dimension), value].sort((a, b) => a - b);
  return html`<div
    class="row ${dead ? 'dead' : ''} ${actions.previewed === id ? 'previewed' : ''}"
    @pointerenter=${(event: PointerEvent) => event.pointerType === 'mouse' && actions.point(dimension)}
    @pointerleave=${() => actions.point(undefined)}
    @focusin=${() => actions.preview(dimension)}
  >
    <div class="label" title=${describe(dimension)}>
      ${actions.nameView(dimension)}
      ${dead ? nothing : meter(dimension, strongest)}
    </div>
    <input
      type="range"
      data-id=${id}
      min=${range[0]}
      max=${range[1]}
      step="0.01"
      style="--from: ${share(from ?? 0)}; --to: ${share(to ?? 0)}; --zero: ${share(0)}"
      .value=${live(String(value))}
      aria-label="${name}, ${layer}${dead ? ', barely visible' : ''}"
      aria-valuetext=${valueText(value)}
      @input=${(event: Event) => actions.move(dimension, numberIn(event))}
      @change=${() => actions.commit()}
      @dblclick=${() => actions.reset(dimension)}
      @keydown=${(event: KeyboardEvent) => onKey(event, dimension, value, actions)}
      @keyup=${() => actions.commit()}
      @blur=${() => actions.commit()}
    />
    <button
      class="icon reset"
      ?hidden=${!actions.isMoved(dimension)}
      aria-label="Reset ${name}"
      title="Reset"
      @click=${() => actions.reset(dimension)}
    >
      ${icons.reset}
    </button>
    <output class=${actions.isMoved(dimension) ? 'moved' : ''} aria-hidden="true">${valueText(value)}</output>
  </div>`;
}

/** How much the dimension does next to the others: its activity where that is known, else its importance. */
function meter(dimension: Dimension, strongest: number): TemplateResult | typeof nothing {
  if (strongest === 0) return nothing;
  return html`<span class="meter"><span style="width: ${(100 * strengthOf(dimension)) / strongest}%"></span></span>`;
}

/** What the meters show. */
export const strengthOf = ({ activity, importance }: Dimension) => activity ?? Math.abs(importance);

function describe({ place, importance, activity }: Dimension): string {
  const parts = [`${place} of its layer`, `importance ${Math.abs(importance).toFixed(1)}`];
  if (activity !== undefined) parts.push(`changes a pixel by ${(50 * activity).toFixed(1)} % a step`);
  return parts.join(', ');
}

function onKey(event: KeyboardEvent, dimension: Dimension, value: number, actions: RowActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Delete' || event.key === 'Backspace') {
    event.preventDefault();
    actions.reset(dimension);
    return;
  }
  const moved = keyedValue(event, value, dimension.range);
  if (moved === undefined) return;
  event.preventDefault();
  actions.move(dimension, moved);
}

const fieldOf = (event: Event) =>
  event.currentTarget instanceof HTMLInputElement ? event.currentTarget : undefined;
const numberIn = (event: Event) => fieldOf(event)?.valueAsNumber ?? 0;
