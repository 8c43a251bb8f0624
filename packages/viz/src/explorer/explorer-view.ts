import { html, type TemplateResult } from 'lit';
import { dimensionGroup, type RowActions, strengthOf } from './dimension-row';
import { type ExplorerState, latentsOf } from './explorer-state';
import type { Dimension } from './model-layout';
import { type AnimationMaker, type SaveHost, saveActions } from './save-actions';
import { type ExplorerSession, mostPins, type Pin } from './session';
import type { Shortcut } from './shortcuts';
import { pictureFrame, pinsView, stateWords, stripView } from './stage';
import { drawing, saveMenu, tools } from './tools';

/** What a hand does in the view. */
export interface ViewActions extends Omit<SaveHost, 'opened'> {
  press(button: Shortcut): void;
  /** Shows a state, until `commit`. */
  try(state: Partial<ExplorerState>): void;
  /** Moves a dimension, until `commit`; undefined puts it back. */
  move(id: string, value: number | undefined): void;
  commit(): void;
  /** Goes to a state, and says so. */
  go(state: Partial<ExplorerState>, words: string): void;
  /** A pointer rests on a dimension, or on none. */
  point(id: string | undefined): void;
  /** Shows a pin in the large picture; undefined ends that. */
  peek(pin: Pin | undefined): void;
  rename(id: string): void;
  /** Ends renaming; undefined leaves the name as it was. */
  named(id: string, name: string | undefined): void;
}

/** What the view shows beside the session. */
export interface ViewState {
  readonly names: Readonly<Record<string, string>>;
  /** The dimension whose name is written. */
  readonly renaming: string | undefined;
  /** The pin that is shown in the large picture. */
  readonly peeked: Pin | undefined;
  /** The last words for those who do not see. */
  readonly said: string;
  readonly animationMaker: AnimationMaker;
  readonly act: ViewActions;
}

/** The whole explorer. */
export function explorerView(session: ExplorerSession, view: ViewState): TemplateResult {
  const { layout, strip, pins, state } = session;
  const { peeked, said, animationMaker, act } = view;
  const rows = rowActions(session, view);
  const strongest = Math.max(...[...layout.byId.values()].map(strengthOf));
  const dimension = strip && layout.byId.get(strip.id);
  const along = dimension && { ...dimension, name: rows.nameOf(dimension) };
  const opened = (state: ExplorerState) => act.go(state, 'Latents opened');
  return html`<div class="explorer">
    <div class="stage">
      <section class="view" aria-label="Picture">
        ${pictureFrame(peeked?.picture ?? session.picture, stateWords(peeked?.state ?? state))}
        ${tools(
          {
            canUndo: session.canUndo,
            canRedo: session.canRedo,
            canPin: pins.length < mostPins,
            press: act.press,
          },
          saveMenu(saveActions(session, animationMaker, along, { ...act, opened })),
        )}
        ${stripView({
          strip,
          name: along?.name ?? '',
          value: along === undefined ? 0 : rows.valueOf(along),
          take: (value) => {
            if (along !== undefined) act.move(along.id, value);
            act.commit();
          },
        })}
      </section>
      ${drawing(state, act.try, act.commit)}
      ${pinsView({
        pins,
        peek: act.peek,
        goTo: (pin) => {
          act.peek(undefined);
          act.go(pin.state, `Back to ${stateWords(pin.state)}`);
        },
        unpin: (pin) => {
          act.peek(undefined);
          session.unpin(pin);
        },
      })}
    </div>
    <div class="dimensions">
      ${layout.groups.map((group, i) => dimensionGroup(group, i, strongest, rows))}
    </div>
    <p class="said" role="status">${said}</p>
  </div>`;
}

function rowActions(session: ExplorerSession, { names, renaming, act }: ViewState): RowActions {
  const { model, layout, state, strip } = session;
  const latents = session.latents();
  const drawn = latentsOf(model, layout, { ...state, moved: {} });
  return {
    nameOf: ({ id, place }: Dimension) => names[id] ?? place,
    valueOf: ({ index }) => latents[index] ?? 0,
    drawnOf: ({ index }) => drawn[index] ?? 0,
    isMoved: ({ id }) => Object.hasOwn(state.moved, id),
    renaming,
    previewed: strip?.id,
    move: ({ id }, value) => act.move(id, value),
    commit: act.commit,
    reset: ({ id }) => {
      act.move(id, undefined);
      act.commit();
    },
    point: (dimension) => act.point(dimension?.id),
    preview: ({ id }) => session.preview(id),
    rename: ({ id }) => act.rename(id),
    named: ({ id }, name) => act.named(id, name),
  };
}
