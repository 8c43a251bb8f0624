import type { ReactiveElement } from 'lit';
import { announce } from './explorer-events';
import type { ExplorerState } from './explorer-state';
import type { ViewActions } from './explorer-view';
import { pinLabel } from './pins-view';
import type { ExplorerSession } from './session';
import type { Shortcut } from './shortcuts';
import { stateWords } from './stage';

/** Seeds of the random button: short enough to say. */
const seeds = 1_000_000;
/** Milliseconds that a pointer rests on a dimension before its strip is drawn: crossing a row is no wish. */
const dwell = 120;

/** The element, as what a hand does needs it. */
export interface ActionHost extends ReactiveElement {
  readonly state: ExplorerState;
  names: Readonly<Record<string, string>>;
}

/** What a hand does: it changes the session, tells the page, and says what is not seen. */
export function viewActions(
  host: ActionHost,
  session: () => ExplorerSession | undefined,
  say: (words: string) => void,
): ViewActions {
  let resting: ReturnType<typeof setTimeout> | undefined;
  const moving = () => announce(host, 'explorer-input', { state: host.state });
  const changed = () => announce(host, 'explorer-change', { state: host.state });
  const go = (state: Partial<ExplorerState>, words: string) => {
    if (!session()?.go(state)) return;
    changed();
    say(words);
  };
  const pinsChanged = (words: string) => {
    announce(host, 'explorer-pins', { pins: session()?.pins.states ?? [] });
    say(words);
  };
  const compare: ViewActions['compare'] = ({ id, compared, ...pin }) => {
    session()?.pins.compare(id, !compared);
    say(`${compared ? 'No longer beside' : 'Beside'} ${pinLabel(pin)}`);
  };
  const buttons: Readonly<Record<Shortcut, () => void>> = {
    random: () => {
      const seed = Math.floor(Math.random() * seeds);
      go({ ...host.state, seed, moved: {} }, `Random picture, seed ${seed}`);
    },
    mode: () => go({ truncation: host.state.truncation }, 'The mode'),
    undo: () => {
      if (!session()?.undo()) return;
      changed();
      say(`Undone, ${stateWords(host.state)}`);
    },
    redo: () => {
      if (!session()?.redo()) return;
      changed();
      say(`Done again, ${stateWords(host.state)}`);
    },
    pin: () => {
      if (session()?.pin()) pinsChanged(`Pinned, ${session()?.pins.all.length} in all`);
    },
    compare: () => {
      const { all = [], compared = [] } = session()?.pins ?? {};
      const newest = all.at(-1);
      if (compared.length > 0) for (const pin of compared) compare(pin);
      else if (newest !== undefined) compare(newest);
    },
  };
  return {
    press: (button) => buttons[button](),
    try: (state) => {
      session()?.try(state);
      moving();
    },
    move: (id, value) => {
      session()?.move(id, value);
      moving();
    },
    commit: () => {
      if (session()?.commit()) changed();
    },
    go,
    point: (id) => {
      clearTimeout(resting);
      if (id !== undefined) resting = setTimeout(() => session()?.strips.preview(id), dwell);
    },
    named: (id, name) => {
      const { [id]: _, ...others } = host.names;
      host.names = name === '' ? others : { ...others, [id]: name };
      announce(host, 'explorer-name', { id, name: name === '' ? undefined : name, names: host.names });
      say(name === '' ? 'Name removed' : `Named ${name}`);
    },
    compare,
    unpin: ({ id }) => {
      const place = session()?.pins.all.findIndex((pin) => pin.id === id) ?? 0;
      session()?.pins.remove(id);
      pinsChanged(`Unpinned, ${session()?.pins.all.length} left`);
      void host.updateComplete.then(() => keepFocus(host.renderRoot, place));
    },
    namePin: ({ id }, name) => {
      session()?.pins.rename(id, name);
      pinsChanged(name === '' ? 'Name removed' : `Named ${name}`);
    },
    say,
    failed: (error) => {
      announce(host, 'explorer-error', { error });
    },
    offer: (detail) => announce(host, 'explorer-export', detail, { cancelable: true }),
  };
}

/** Gives the focus of a pin that went to the one in its place, so that the keyboard goes on from there. */
function keepFocus(root: ParentNode, place: number): void {
  if (root.querySelector(':focus') !== null) return;
  const tiles = root.querySelectorAll('[data-pin]');
  const next = tiles[Math.min(place, tiles.length - 1)] ?? root.querySelector('[aria-label="Pin"]');
  if (next instanceof HTMLElement) next.focus();
}
