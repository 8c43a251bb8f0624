import { FormatError, joinBytes } from '@eigengan/core';
import type { Picture } from '../picture';
import { type AnimationOptions, animationOptions, eachFrame, type Frames, frameDuration } from './animation';
import { asciiAt, asciiBytes, bytesOf } from './file-bytes';

/** A picture as the bytes of a still WebP file. */
export type WebpStill = (picture: Picture) => Promise<Uint8Array>;

/**
 * Frames as the bytes of an animated WebP file, each encoded by `still`; frame times are milliseconds. Holds one
 * frame at a time beside the file.
 *
 * The layout: https://developers.google.com/speed/webp/docs/riff_container.
 */
export async function webpAnimation(
  where: string,
  frames: Frames,
  options: AnimationOptions,
  still: WebpStill,
): Promise<Uint8Array> {
  const { fps, plays, scale } = animationOptions(where, options, ['quality']);
  const parts: Uint8Array[] = [];
  let size: { readonly width: number; readonly height: number } | undefined;
  let hasAlpha = false;
  for await (const { frame, at } of eachFrame(where, frames, scale)) {
    const { width, height } = frame;
    size ??= { width, height };
    const data = stillChunks(where, await still(frame));
    hasAlpha ||= data.some(({ type }) => type === 'ALPH' || type === 'VP8L');
    const header = bytesOf(16, (view) => {
      setUint24(view, 6, width - 1);
      setUint24(view, 9, height - 1);
      setUint24(view, 12, frameDuration(at, fps, 1000));
      // Written over what was there, not laid over it.
      view.setUint8(15, 0b10);
    });
    parts.push(chunk('ANMF', joinBytes([header, ...data.map(({ type, bytes }) => chunk(type, bytes))])));
  }
  const { width = 1, height = 1 } = size ?? {};
  const features = bytesOf(10, (view) => {
    view.setUint8(0, 0b10 | (hasAlpha ? 0b10000 : 0));
    setUint24(view, 4, width - 1);
    setUint24(view, 7, height - 1);
  });
  const animation = bytesOf(6, (view) => view.setUint16(4, plays, true));
  const body = joinBytes([asciiBytes('WEBP'), chunk('VP8X', features), chunk('ANIM', animation), ...parts]);
  return joinBytes([asciiBytes('RIFF'), bytesOf(4, (view) => view.setUint32(0, body.length, true)), body]);
}

/** The chunks of a still WebP file that a frame takes: its pixels, and its alpha. */
function stillChunks(where: string, file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: { type: string; bytes: Uint8Array }[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const type = asciiAt(file, at, 4);
    const length = view.getUint32(at + 4, true);
    const bytes = file.subarray(at + 8, at + 8 + length);
    if (['ALPH', 'VP8 ', 'VP8L'].includes(type)) chunks.push({ type, bytes });
    at += 8 + length + (length % 2);
  }
  if (chunks.length === 0) throw new FormatError(`${where}: the encoder gave no WebP file`);
  return chunks;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const padding = new Uint8Array(data.length % 2);
  return joinBytes([
    asciiBytes(type),
    bytesOf(4, (view) => view.setUint32(0, data.length, true)),
    data,
    padding,
  ]);
}

function setUint24(view: DataView, at: number, value: number): void {
  view.setUint16(at, value & 0xffff, true);
  view.setUint8(at + 2, value >> 16);
}
