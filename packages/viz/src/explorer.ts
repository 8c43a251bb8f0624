import { ExplorerElement } from './explorer/explorer-element';
import type { ExplorerEvents } from './explorer/explorer-events';

export type { Explorable, ExplorableDimension, RenderOptions } from './explorer/explorable';
export { ExplorerElement } from './explorer/explorer-element';
export type { ExplorerEvents } from './explorer/explorer-events';
export type { ExplorerState } from './explorer/explorer-state';
export type { PinnedState } from './explorer/pins';
export { pinsFromText, pinsToText } from './explorer/pins-text';
export type { AnimationMaker } from './explorer/save-actions';
export { stateFromText, stateToText } from './explorer/state-text';

if (customElements.get('eigengan-explorer') === undefined) {
  customElements.define('eigengan-explorer', ExplorerElement);
}

type ExplorerEventMap = { [Type in keyof ExplorerEvents]: CustomEvent<ExplorerEvents[Type]> };

declare global {
  interface HTMLElementTagNameMap {
    'eigengan-explorer': ExplorerElement;
  }
  // What bubbles reaches every element.
  interface HTMLElementEventMap extends ExplorerEventMap {}
}
