import { argumentError, assertFields, assertFinite, assertInteger } from '@eigengan/core';
import { enlarged } from '../enlarged';
import { assertPicture, type Picture } from '../picture';

/** Pictures of one size in the order they are shown; a generator makes each when its turn comes. */
export type Frames = Iterable<Picture> | AsyncIterable<Picture>;

export interface AnimationOptions {
  /** Frames a second, above 0, at most 50: players slow what is faster down to 10. Default 20. */
  readonly fps?: number | undefined;
  /** How often it is played; 0, the default, for ever. */
  readonly plays?: number | undefined;
  /** Pixels of the animation per pixel of a frame, a whole number (nearest neighbour). Default 1. */
  readonly scale?: number | undefined;
}

/** The options, checked. */
export function animationOptions(where: string, options: AnimationOptions, others: readonly string[] = []) {
  assertFields(where, options, ['fps', 'plays', 'scale', ...others]);
  const { fps = 20, plays = 0, scale = 1 } = options;
  assertFinite(`${where}: fps`, fps, { exclusiveMin: 0, max: 50 });
  assertInteger(`${where}: plays`, plays, { min: 0, max: 65_535 });
  assertInteger(`${where}: scale`, scale, { min: 1, max: 64 });
  return { fps, plays, scale };
}

/**
 * Each frame with its number, checked to be of the size of the first, and enlarged.
 *
 * @throws ArgumentError when there is none, or one is no picture of that size
 */
export async function* eachFrame(
  where: string,
  frames: Frames,
  scale: number,
): AsyncGenerator<{ readonly frame: Picture; readonly at: number }, void> {
  let first: { readonly width: number; readonly height: number } | undefined;
  let at = 0;
  for await (const frame of frames) {
    assertPicture(`${where}: frame ${at}`, frame);
    first ??= { width: frame.width, height: frame.height };
    if (frame.width !== first.width || frame.height !== first.height) {
      const size = `${first.width} x ${first.height}`;
      throw argumentError(
        `${where}: frame ${at}`,
        `must be ${size} like the first`,
        `${frame.width} x ${frame.height}`,
      );
    }
    yield { frame: enlarged(frame, scale), at };
    at++;
  }
  if (first === undefined) throw argumentError(`${where}: frames`, 'must be at least one', 0);
}

/**
 * How long frame `at` is shown, in whole units of which a second has `perSecond`: rounded so that no error
 * adds up, every frame at least one.
 */
export function frameDuration(at: number, fps: number, perSecond: number): number {
  const end = (frame: number) => Math.round((frame * perSecond) / fps);
  return Math.max(1, end(at + 1) - end(at));
}
