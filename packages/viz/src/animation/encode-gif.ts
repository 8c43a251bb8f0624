import { missingPackage } from '@eigengan/core';
import type { Gifenc } from 'gifenc';
import { parseColor } from '../color';
import { type AnimationOptions, animationOptions, eachFrame, type Frames, frameDuration } from './animation';
import { flattened } from './flattened';

export interface GifOptions extends AnimationOptions {
  /** What see-through pixels are laid over, `#rrggbb`. Default white. */
  readonly background?: string | undefined;
}

/**
 * Frames as the bytes of a GIF file: 256 colors each, chosen anew for every frame. Frame times are hundredths of
 * a second, spread so that the whole lasts as long as it should. Holds one frame at a time beside the file.
 *
 * @throws ArgumentError when there is no frame, their sizes differ, or an option is out of its range
 */
export async function encodeGif(frames: Frames, options: GifOptions = {}): Promise<Uint8Array> {
  const { fps, plays, scale } = animationOptions('encodeGif', options, ['background']);
  const background = parseColor('encodeGif: background', options.background ?? '#ffffff');
  const { GIFEncoder, quantize, applyPalette } = await loadGifenc();
  const gif = GIFEncoder();
  for await (const { frame, at } of eachFrame('encodeGif', frames, scale)) {
    const pixels = flattened(frame, background);
    const palette = quantize(pixels, 256);
    gif.writeFrame(applyPalette(pixels, palette), frame.width, frame.height, {
      palette,
      delay: 10 * frameDuration(at, fps, 100),
      // The file says how often it is played again.
      repeat: plays === 0 ? 0 : plays === 1 ? -1 : plays - 1,
    });
  }
  gif.finish();
  return gif.bytes();
}

/** What it exports: by name to bundlers, which take its ES module, as one object to Node. */
async function loadGifenc(): Promise<Gifenc> {
  try {
    const loaded: Partial<Gifenc> & { readonly default: Gifenc } = await import('gifenc');
    const { GIFEncoder, quantize, applyPalette } = loaded;
    return GIFEncoder && quantize && applyPalette ? { GIFEncoder, quantize, applyPalette } : loaded.default;
  } catch (cause) {
    throw missingPackage('encodeGif', 'gifenc', cause);
  }
}
