import type { Explorable } from './explorable';
import type { ModelLayout } from './model-layout';
import { mostTruncation, truncatedNormal } from './truncated-normal';

/** Which picture is shown: plain data, whole in an address or a file. */
export interface ExplorerState {
  /** The seed that the latents are drawn from; undefined is the mode, all zeros. Integer from 0. */
  readonly seed?: number | undefined;
  /** Standard deviations at which the drawn latents are cut off, 0 to 3. */
  readonly truncation: number;
  /**
   * What was moved: dimension's id -> value. `#17` is the number at place 17 of the latents, where no
   * dimension is.
   */
  readonly moved: Readonly<Record<string, number>>;
}

/** The mode, at a truncation that keeps what is drawn later within what a model has seen often. */
export const initialState: ExplorerState = { truncation: 2, moved: {} };

/** The latents before anything is moved. */
export function drawnLatents(
  model: Explorable,
  { latentSize }: ModelLayout,
  { seed, truncation }: ExplorerState,
): Float32Array {
  if (seed === undefined) return new Float32Array(latentSize);
  if (model.sample === undefined) return truncatedNormal(seed, latentSize, truncation);
  return Float32Array.from(model.sample(seed, truncation));
}

/** The latents of a state, a fresh array. */
export function latentsOf(model: Explorable, layout: ModelLayout, state: ExplorerState): Float32Array {
  const latents = drawnLatents(model, layout, state);
  for (const [id, value] of Object.entries(state.moved)) {
    const index = placeOf(layout, id);
    if (index !== undefined) latents[index] = value;
  }
  return latents;
}

/** The state with what this model can take of it: ids it has, finite numbers, whole seeds. */
export function fitting(
  layout: ModelLayout,
  { seed, truncation, moved }: Partial<ExplorerState>,
): ExplorerState {
  const known = Object.entries(moved ?? {}).filter(
    ([id, value]) => placeOf(layout, id) !== undefined && Number.isFinite(value),
  );
  const cut = truncation !== undefined && Number.isFinite(truncation) ? truncation : initialState.truncation;
  return {
    ...(Number.isSafeInteger(seed) && (seed ?? -1) >= 0 ? { seed } : {}),
    truncation: Math.min(mostTruncation, Math.max(0, cut)),
    moved: Object.fromEntries(known),
  };
}

/** The id of a place in the latents: its dimension's, or `#17`. */
export function idOf({ byId }: ModelLayout, index: number): string {
  for (const dimension of byId.values()) if (dimension.index === index) return dimension.id;
  return `#${index}`;
}

function placeOf({ byId, latentSize }: ModelLayout, id: string): number | undefined {
  const dimension = byId.get(id);
  if (dimension !== undefined) return dimension.index;
  const index = /^#\d{1,9}$/.test(id) ? Number(id.slice(1)) : latentSize;
  return index < latentSize ? index : undefined;
}

/** Whether two states are of one picture. */
export function isSameState(a: ExplorerState, b: ExplorerState): boolean {
  const ids = new Set([...Object.keys(a.moved), ...Object.keys(b.moved)]);
  return (
    a.seed === b.seed && a.truncation === b.truncation && [...ids].every((id) => a.moved[id] === b.moved[id])
  );
}
