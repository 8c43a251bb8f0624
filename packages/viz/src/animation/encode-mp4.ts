import { EigenganError, missingPackage } from '@eigengan/core';
import { parseColor } from '../color';
import { type AnimationOptions, animationOptions, eachFrame, type Frames } from './animation';
import { canvasOf } from './canvas-of';
import { flattened } from './flattened';

export interface Mp4Options extends Omit<AnimationOptions, 'plays'> {
  /** Bits a second. Default: what high quality takes at this size. */
  readonly bitrate?: number | undefined;
  /** What see-through pixels are laid over, `#rrggbb`. Default white. */
  readonly background?: string | undefined;
}

/**
 * Frames as the bytes of an MP4 file (H.264), by the browser's own encoder (WebCodecs) and mediabunny. Sides of
 * an odd number of pixels get one more, as H.264 has none: the edge's pixel again. A video does not loop by itself.
 *
 * @throws ArgumentError when there is no frame, their sizes differ, or an option is out of its range;
 * MissingPackageError when mediabunny is not installed; EigenganError when the browser has no encoder for it
 */
export async function encodeMp4(frames: Frames, options: Mp4Options = {}): Promise<Uint8Array> {
  const { fps, scale } = animationOptions('encodeMp4', options, ['bitrate', 'background']);
  const background = parseColor('encodeMp4: background', options.background ?? '#ffffff');
  const bunny = await loadMediabunny();
  const target = new bunny.BufferTarget();
  const output = new bunny.Output({ format: new bunny.Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  let video:
    | { readonly canvas: OffscreenCanvas; readonly source: InstanceType<typeof bunny.CanvasSource> }
    | undefined;
  try {
    for await (const { frame, at } of eachFrame('encodeMp4', frames, scale)) {
      const picture = { ...frame, data: flattened(frame, background) };
      if (video === undefined) {
        const canvas = new OffscreenCanvas(even(frame.width), even(frame.height));
        const bitrate = options.bitrate ?? bunny.QUALITY_VERY_HIGH;
        if (!(await bunny.canEncodeVideo('avc', { width: canvas.width, height: canvas.height, bitrate }))) {
          throw new EigenganError('encodeMp4: this browser has no encoder for H.264');
        }
        const source = new bunny.CanvasSource(canvas, { codec: 'avc', bitrate });
        output.addVideoTrack(source, { frameRate: fps });
        await output.start();
        video = { canvas, source };
      }
      draw(video.canvas, canvasOf(picture));
      await video.source.add(at / fps, 1 / fps);
    }
    await output.finalize();
  } catch (error) {
    if (video !== undefined) await output.cancel();
    throw error;
  }
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

/** Inside `try`: what may be missing there is no error to webpack. */
async function loadMediabunny() {
  try {
    return await import('mediabunny');
  } catch (cause) {
    throw missingPackage('encodeMp4', 'mediabunny', cause);
  }
}

const even = (side: number) => side + (side % 2);

/** Draws a frame, and its last column and row once more where the canvas has one more. */
function draw(canvas: OffscreenCanvas, frame: OffscreenCanvas): void {
  const context = canvas.getContext('2d');
  if (context === null) throw new EigenganError('encodeMp4: this browser gives no 2d context');
  const { width, height } = frame;
  context.drawImage(frame, 0, 0);
  if (canvas.width > width)
    context.drawImage(canvas, width - 1, 0, 1, canvas.height, width, 0, 1, canvas.height);
  if (canvas.height > height)
    context.drawImage(canvas, 0, height - 1, canvas.width, 1, 0, height, canvas.width, 1);
}
