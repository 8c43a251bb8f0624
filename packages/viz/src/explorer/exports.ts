import { encodeGif } from '../animation/encode-gif';
import { encodePng } from '../encode-png';
import { enlarged } from '../enlarged';
import type { Picture } from '../picture';
import { sideBySide } from '../side-by-side';
import type { ExplorerState } from './explorer-state';
import { stateToText } from './state-text';

/** Pixels that a saved picture's longer edge has at least, unless the picture is tiny. */
const leastEdge = 512;
/** The most that `enlarged` and the animations allow. */
const mostScale = 64;

/** The picture as a PNG file, enlarged by a whole number; its `Comment` is the state as a text. */
export async function pictureFile(picture: Picture, state: ExplorerState): Promise<Blob> {
  return png(atLeast(leastEdge, picture), state);
}

/** Pictures in a row as a PNG file. */
export async function stripFile(pictures: readonly Picture[], state: ExplorerState): Promise<Blob> {
  const large = pictures.map((picture) => atLeast(leastEdge / 4, picture));
  return png(sideBySide(large, { gap: 4 }), state);
}

/** Frames as a GIF file that is played for ever. */
export async function animationFile(frames: readonly Picture[]): Promise<Blob> {
  const [first] = frames;
  const scale = first === undefined ? 1 : scaleTo(leastEdge / 2, first);
  const bytes = await encodeGif(unhurried(frames), { fps: 20, scale });
  return new Blob([Uint8Array.from(bytes)], { type: 'image/gif' });
}

/** Lets the page breathe before each frame. */
async function* unhurried(frames: readonly Picture[]): AsyncGenerator<Picture> {
  for (const frame of frames) {
    await new Promise((resolve) => setTimeout(resolve));
    yield frame;
  }
}

async function png(picture: Picture, state: ExplorerState): Promise<Blob> {
  // A text chunk is Latin-1; ids are escaped in it.
  const bytes = await encodePng(picture, { text: { Comment: stateToText(state) } });
  return new Blob([Uint8Array.from(bytes)], { type: 'image/png' });
}

/** Of which the longer edge has at least so many pixels. */
function atLeast(edge: number, picture: Picture): Picture {
  return enlarged(picture, scaleTo(edge, picture));
}

const scaleTo = (edge: number, { width, height }: Picture) =>
  Math.min(mostScale, Math.max(1, Math.ceil(edge / Math.max(width, height))));
