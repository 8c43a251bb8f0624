import type { Picture } from '../picture';
import { saveFile } from '../save-file';
import type { ExplorerState } from './explorer-state';
import { animationFile, pictureFile, stripFile } from './exports';
import { readLatent, writeLatent } from './latent-file';
import type { Dimension } from './model-layout';
import type { ExplorerSession } from './session';
import type { SaveActions } from './tools';

/**
 * Makes a file of the frames of an animation that goes along a dimension and back, to be played in a loop.
 * `extension` is that of the file's name, without a dot.
 */
export type AnimationMaker = (
  frames: readonly Picture[],
) => Promise<{ readonly file: Blob; readonly extension: string }>;

/** A GIF. */
export const gifMaker: AnimationMaker = async (frames) => ({
  file: await animationFile(frames),
  extension: 'gif',
});

/** What saving needs of the explorer. */
export interface SaveHost {
  say(text: string): void;
  failed(error: unknown): void;
  /** Whether the explorer shall download the file itself. */
  offer(detail: { readonly file: Blob; readonly name: string }): boolean;
  opened(state: ExplorerState): void;
}

/** Frames from one end of a dimension to the other. */
const framesOneWay = 25;

/** What the menu does. */
export function saveActions(
  session: ExplorerSession,
  animate: AnimationMaker,
  along: (Dimension & { readonly name: string }) | undefined,
  host: SaveHost,
): SaveActions {
  const save = async (stem: string, extension: string, make: () => Promise<Blob>) => {
    try {
      const file = await make();
      const name = `${stem}.${extension}`;
      if (host.offer({ file, name })) saveFile(file, name);
      host.say(`Saved ${name}`);
    } catch (error) {
      host.failed(error);
    }
  };
  const stem = session.state.seed === undefined ? 'mode' : `seed-${session.state.seed}`;
  const stemAlong = `${stem}-${(along?.name ?? '').replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}`;
  return {
    along: along?.name,
    picture: () =>
      save(stem, 'png', async () => {
        const { state } = session;
        return pictureFile(await session.now(), state);
      }),
    strip: () =>
      save(stemAlong, 'png', async () => {
        if (along === undefined) throw new Error('explorer: no dimension is pointed at');
        return stripFile(
          await session.strips.along(along, session.strips.strip?.values ?? []),
          session.state,
        );
      }),
    animation: () => {
      if (along === undefined) return;
      const [least, largest] = along.range;
      const values = Array.from(
        { length: framesOneWay },
        (_, i) =>
          (least + largest) / 2 - ((largest - least) / 2) * Math.cos((Math.PI * i) / (framesOneWay - 1)),
      );
      session.strips
        .along(along, values)
        .then((frames) => animate([...frames, ...frames.slice(1, -1).reverse()]))
        .then(({ file, extension }) => save(stemAlong, extension, async () => file))
        .catch(host.failed);
    },
    latents: () =>
      save(stem, 'json', async () => {
        const text = writeLatent(session.model, session.layout, session.state);
        return new Blob([text], { type: 'application/json' });
      }),
    open: (file) => {
      file
        .text()
        .then((text) => host.opened(readLatent(session.model, session.layout, text)))
        .catch(host.failed);
    },
  };
}
