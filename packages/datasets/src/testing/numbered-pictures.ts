import { FormatError } from '@eigengan/core';
import type { Picture } from '../pictures/picture';
import type { PictureSource } from '../pictures/picture-source';

export interface NumberedPictures extends PictureSource {
  /** Of each read, the number asked for. */
  readonly reads: number[];
  /** How many reads are under way, and how many were at most. */
  readonly underWay: { now: number; most: number };
  closed: number;
}

/** Gray pictures of 16 x 16, each filled with its number modulo 251, some of them damaged. */
export function numberedPictures(length: number, damaged: readonly number[] = []): NumberedPictures {
  const reads: number[] = [];
  const underWay = { now: 0, most: 0 };
  const source: NumberedPictures = {
    names: Array.from({ length }, (_, i) => `${i}.png`),
    fingerprint: `numbers to ${length}`,
    reads,
    underWay,
    closed: 0,
    read: async (index): Promise<Picture> => {
      reads.push(index);
      underWay.now++;
      underWay.most = Math.max(underWay.most, underWay.now);
      await new Promise((resolve) => setImmediate(resolve));
      underWay.now--;
      if (damaged.includes(index)) throw new FormatError(`${index}.png: must be whole, got half of it`);
      return { height: 16, width: 16, channels: 1, data: new Uint8Array(256).fill(index % 251) };
    },
    close: async () => {
      source.closed++;
    },
  };
  return source;
}
