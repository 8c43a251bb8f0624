import { crc32 } from '@eigengan/core';
import type { CachedPicture } from './image-cache';

/**
 * A cache file is a header, then a slot of fixed size for each picture: seven uint32, little-endian (state,
 * index, height, width and channels of the original, length of what follows, CRC-32 of all but itself), then
 * the image's bytes, or the reason of the damage in UTF-8. A slot of zeros is empty.
 */
const slotHeader = 28;
const states = { whole: 1, damaged: 2 };
/** What a slot holds at least, so that small images leave room for a reason. */
const smallest = 256;

export function slotBytes(imageBytes: number): number {
  return slotHeader + Math.max(imageBytes, smallest);
}

export function encodeSlot(index: number, picture: CachedPicture, imageBytes: number): Uint8Array {
  const slot = new Uint8Array(slotBytes(imageBytes));
  const content = slot.subarray(slotHeader);
  const whole = 'image' in picture;
  const { height, width, channels } = whole ? picture.original : { height: 0, width: 0, channels: 0 };
  let length = imageBytes;
  if (whole) content.set(picture.image);
  // What does not fit is left out between characters.
  else length = new TextEncoder().encodeInto(picture.reason, content).written;
  const header = [whole ? states.whole : states.damaged, index, height, width, channels, length];
  const view = new DataView(slot.buffer);
  for (const [i, value] of header.entries()) view.setUint32(4 * i, value, true);
  view.setUint32(slotHeader - 4, checksum(slot, length), true);
  return slot.subarray(0, slotHeader + length);
}

/** What a slot holds, undefined when nothing, or not all of it, was written. Keeps the bytes. */
export function decodeSlot(
  index: number,
  slot: Uint8Array<ArrayBuffer>,
  imageBytes: number,
): CachedPicture | undefined {
  if (slot.length < slotHeader) return undefined;
  const view = new DataView(slot.buffer, slot.byteOffset, slotHeader);
  const [state, ofIndex, height = 0, width = 0, channels = 0, length = 0, crc] = Array.from(
    { length: 7 },
    (_, i) => view.getUint32(4 * i, true),
  );
  if (ofIndex !== index || length > slot.length - slotHeader || checksum(slot, length) !== crc)
    return undefined;
  const content = slot.subarray(slotHeader, slotHeader + length);
  if (state === states.damaged) return { reason: new TextDecoder().decode(content) };
  if (state !== states.whole || length !== imageBytes) return undefined;
  return { image: content, original: { height, width, channels } };
}

function checksum(slot: Uint8Array, length: number): number {
  const header = crc32(slot.subarray(0, slotHeader - 4));
  return crc32(slot.subarray(slotHeader, slotHeader + length), header);
}
