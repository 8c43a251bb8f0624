import { crc32, joinBytes } from '@eigengan/core';
import { encodePng } from '../encode-png';
import { type AnimationOptions, animationOptions, eachFrame, type Frames, frameDuration } from './animation';
import { asciiAt, asciiBytes, bytesOf } from './file-bytes';

/**
 * Frames as the bytes of an animated PNG: nothing is lost, and where animations are not known the first frame
 * shows. Frame times are exact to a ten thousandth of a second. Holds one frame at a time beside the file.
 *
 * The layout: https://www.w3.org/TR/png-3/#apng-frame-based-animation.
 *
 * @throws ArgumentError when there is no frame, their sizes differ, or an option is out of its range
 */
export async function encodeApng(frames: Frames, options: AnimationOptions = {}): Promise<Uint8Array> {
  const { fps, plays, scale } = animationOptions('encodeApng', options);
  const parts: Uint8Array[] = [];
  let head: Uint8Array | undefined;
  let [count, sequence] = [0, 0];
  for await (const { frame, at } of eachFrame('encodeApng', frames, scale)) {
    const { width, height } = frame;
    // All frames are of one kind, which the header says: with alpha, as any of them may need it.
    const chunks = pngChunks(await encodePng(frame, { alpha: 'always' }));
    head ??= chunks.find(({ type }) => type === 'IHDR')?.data;
    const data = joinBytes(chunks.filter(({ type }) => type === 'IDAT').map((one) => one.data));
    const control = bytesOf(26, (view) => {
      view.setUint32(0, sequence++);
      view.setUint32(4, width);
      view.setUint32(8, height);
      view.setUint16(20, frameDuration(at, fps, 10_000));
      view.setUint16(22, 10_000);
    });
    parts.push(chunk('fcTL', control));
    if (at === 0) parts.push(chunk('IDAT', data));
    else parts.push(chunk('fdAT', joinBytes([bytesOf(4, (view) => view.setUint32(0, sequence++)), data])));
    count++;
  }
  const animation = bytesOf(8, (view) => {
    view.setUint32(0, count);
    view.setUint32(4, plays);
  });
  const start = [signature, chunk('IHDR', head ?? new Uint8Array(0)), chunk('acTL', animation)];
  return joinBytes([...start, ...parts, chunk('IEND', new Uint8Array(0))]);
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** The chunks of a PNG file. */
function pngChunks(file: Uint8Array): { readonly type: string; readonly data: Uint8Array }[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: { type: string; data: Uint8Array }[] = [];
  for (let at = signature.length; at < file.length; ) {
    const length = view.getUint32(at);
    const type = asciiAt(file, at + 4, 4);
    chunks.push({ type, data: file.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const checked = joinBytes([asciiBytes(type), data]);
  return joinBytes([
    bytesOf(4, (view) => view.setUint32(0, data.length)),
    checked,
    bytesOf(4, (view) => view.setUint32(0, crc32(checked))),
  ]);
}
