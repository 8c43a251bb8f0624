import type { Picture } from '../picture';
import type { ExplorerState } from './explorer-state';
import type { PinnedState } from './pins';

/** The events of `<eigengan-explorer>` and their `detail`. They bubble, out of a shadow root too. */
export interface ExplorerEvents {
  /** While a slider moves. */
  readonly 'explorer-input': { readonly state: ExplorerState };
  /** When it is let go, and after every button: a step that can be undone. */
  readonly 'explorer-change': { readonly state: ExplorerState };
  /** A person named a dimension, or took its name away. */
  readonly 'explorer-name': {
    readonly id: string;
    readonly name: string | undefined;
    readonly names: Readonly<Record<string, string>>;
  };
  /** A person pinned a picture, took a pin away, or named one. */
  readonly 'explorer-pins': { readonly pins: readonly PinnedState[] };
  /** A picture is shown, so many milliseconds after it was asked for. */
  readonly 'explorer-render': { readonly picture: Picture; readonly milliseconds: number };
  /** A file is about to be downloaded; `preventDefault()` leaves it to whoever listens. */
  readonly 'explorer-export': { readonly file: Blob; readonly name: string };
  /** The model failed to make a picture, or a file could not be read or made. */
  readonly 'explorer-error': { readonly error: unknown };
}

/** Sends an event. Whether nobody prevented what follows. */
export function announce<Type extends keyof ExplorerEvents>(
  target: EventTarget,
  type: Type,
  detail: ExplorerEvents[Type],
  { cancelable = false }: { readonly cancelable?: boolean } = {},
): boolean {
  return target.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
}
