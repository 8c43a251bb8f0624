import { html, type TemplateResult } from 'lit';
import { dimensionGroup, type RowActions, strengthOf } from './dimension-row';
import { type ExplorerState, latentsOf } from './explorer-state';
import type { Dimension } from './model-layout';
import type { Renaming } from './name-field';
import { mostPins, type Pin } from './pins';
import { pinLabel, pinsView } from './pins-view';
import { type AnimationMaker, type SaveHost, saveActions } from './save-actions';
import type { ExplorerSession } from './session';
import type { Shortcut } from './shortcuts';
import { pictureFrame, stateWords, stripView } from './stage';
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
  /** A person wrote a dimension's name, or took it away. */
  named(id: string, name: string): void;
  /** Puts a pin beside the present picture, or away again. */
  compare(pin: Pin): void;
  unpin(pin: Pin): void;
  namePin(pin: Pin, name: string): void;
}

/** What the view shows beside the session. */
export interface ViewState {
  readonly names: Readonly<Record<string, string>>;
  readonly renaming: Renaming;
  /** The last words for those who do not see. */
  readonly said: string;
  readonly animationMaker: AnimationMaker;
  readonly act: ViewActions;
}

/** The whole explorer. */
export function explorerView(session: ExplorerSession, view: ViewState): TemplateResult {
  const { layout, strips, pins, state } = session;
  const { renaming, said, animationMaker, act } = view;
  const { strip } = strips;
  const rows = rowActions(session, view);
  const strongest = Math.max(...[...layout.byId.values()].map(strengthOf));
  const dimension = strip && layout.byId.get(strip.id);
  const along = dimension && { ...dimension, name: rows.nameOf(dimension) };
  const opened = (state: ExplorerState) => act.go(state, 'Latents opened');
  const compared = pins.compared.map((pin) => ({ picture: pin.picture, label: pinLabel(pin) }));
  return html`<div class="explorer">
    <div class="stage">
      <section class="view" aria-label="Picture">
        ${pictureFrame(session.picture, stateWords(state), compared)}
        ${tools(
          {
            canUndo: session.canUndo,
            canRedo: session.canRedo,
            canPin: pins.all.length < mostPins,
            press: act.press,
          },
          saveMenu(saveActions(session, animationMaker, along, { ...act, opened })),
        )}
        ${stripView({
          strip,
          name: along?.name ?? '',
          layer: along?.layer ?? '',
          value: along === undefined ? 0 : rows.valueOf(along),
          take: (value) => {
            if (along !== undefined) act.move(along.id, value);
            act.commit();
          },
        })}
      </section>
      ${drawing(state, act.try, act.commit)}
      ${pinsView({
        pins: pins.all,
        nameView: (pin) => {
          const unnamed = stateWords(pin.state);
          const subject = {
            key: `pin ${pin.id}`,
            name: pinLabel(pin),
            unnamed,
            what: `the pin of ${unnamed}`,
          };
          return renaming.view(subject, (name) => act.namePin(pin, name));
        },
        compare: act.compare,
        goTo: (pin) => act.go(pin.state, `Back to ${pinLabel(pin)}`),
        unpin: act.unpin,
      })}
    </div>
    <div class="dimensions">
      ${layout.groups.map((group, i) => dimensionGroup(group, i, strongest, rows))}
    </div>
    <p class="said" role="status">${said}</p>
  </div>`;
}

function rowActions(session: ExplorerSession, { names, renaming, act }: ViewState): RowActions {
  const { model, layout, state, strips } = session;
  const latents = session.latents();
  const drawn = latentsOf(model, layout, { ...state, moved: {} });
  const nameOf = ({ id, place }: Dimension) => names[id] ?? place;
  return {
    nameOf,
    nameView: (dimension) => {
      const { id, place, layer } = dimension;
      const what = `${place}, ${layer}`;
      const subject = { key: `dimension ${id}`, name: nameOf(dimension), unnamed: place, what };
      return renaming.view(subject, (name) => act.named(id, name));
    },
    valueOf: ({ index }) => latents[index] ?? 0,
    drawnOf: ({ index }) => drawn[index] ?? 0,
    isMoved: ({ id }) => Object.hasOwn(state.moved, id),
    previewed: strips.strip?.id,
    move: ({ id }, value) => act.move(id, value),
    commit: act.commit,
    reset: ({ id }) => {
      act.move(id, undefined);
      act.commit();
    },
    point: (dimension) => act.point(dimension?.id),
    preview: ({ id }) => strips.preview(id),
  };
}
