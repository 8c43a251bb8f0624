import { crc32, crc32c } from '@eigengan/core';
import type { PictureShape } from './inspected-source';
import { drawThumbnail, thumbnailBytes, thumbnailColumns, thumbnailRows } from './thumbnail';

/** Differences between neighbours that are noise. */
const noise = 2;
/** Bits that may differ between pictures that look the same. */
const mostBits = 2;
/** The mean difference between their thumbnails, of 255. */
const mostDifference = 3;
/** With how many of its kind a picture is compared, so that a crowd of black ones takes no hours. */
const mostCompared = 64;

/**
 * Remembers images by little: 64 bits of all their bytes, and a thumbnail, some 230 bytes of an RGB image. Groups
 * are lists of the numbers by which they were added, each in order.
 */
export class LookAlikes {
  readonly #shape: PictureShape;
  readonly #hashes: BigUint64Array;
  readonly #thumbnails: Uint8Array;
  readonly #added: Uint8Array;

  constructor(shape: PictureShape, length: number) {
    this.#shape = shape;
    this.#hashes = new BigUint64Array(length);
    this.#thumbnails = new Uint8Array(length * thumbnailBytes(shape[2]));
    this.#added = new Uint8Array(length);
  }

  add(index: number, image: Uint8Array): void {
    this.#added[index] = 1;
    this.#hashes[index] = (BigInt(crc32(image)) << 32n) | BigInt(crc32c(image));
    drawThumbnail(image, this.#shape, this.#thumbnail(index));
  }

  /** Images of equal bytes. */
  equal(): number[][] {
    return grouped(this.#indices(), (index) => this.#hashes[index]!).filter((group) => group.length > 1);
  }

  /**
   * Images that look the same; `left` says which to leave out. Their difference hashes (is a box lighter than
   * the one to its left? http://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html) differ in
   * two bits at most, and their thumbnails little. Of four parts of a hash two are then equal, so it is enough to
   * compare those that share two. `pause` is awaited often.
   */
  async similar(left: ReadonlySet<number>, pause: () => Promise<void>): Promise<number[][]> {
    const indices = this.#indices().filter((index) => !left.has(index));
    const parts = new Uint16Array(4 * this.#added.length);
    for (const index of indices) this.#writeDifferences(index, parts.subarray(4 * index, 4 * index + 4));
    const groups = new Groups();
    for (const order of pairsFirst) {
      const sorted = sortedBy(parts, order, indices);
      for (let i = 0; i < sorted.length; i++) {
        if (i % 256 === 0) await pause();
        const index = sorted[i]!;
        const end = Math.min(sorted.length, i + 1 + mostCompared);
        for (let j = i + 1; j < end && sharesPair(parts, order, index, sorted[j]!); j++) {
          const other = sorted[j]!;
          if (bitsBetween(parts, index, other) <= mostBits && this.#looksLike(index, other)) {
            groups.join(index, other);
          }
        }
      }
    }
    return groups.all();
  }

  #indices(): number[] {
    const indices: number[] = [];
    this.#added.forEach((added, index) => {
      if (added === 1) indices.push(index);
    });
    return indices;
  }

  #thumbnail(index: number): Uint8Array {
    const bytes = thumbnailBytes(this.#shape[2]);
    return this.#thumbnails.subarray(index * bytes, (index + 1) * bytes);
  }

  /** A bit for each neighbour to the right that is lighter: a byte for each row, two rows a part. */
  #writeDifferences(index: number, into: Uint16Array): void {
    const thumbnail = this.#thumbnail(index);
    const channels = this.#shape[2];
    const colors = channels < 3 ? 1 : 3;
    for (let row = 0; row < thumbnailRows; row++) {
      let bits = 0;
      for (let column = 1; column < thumbnailColumns; column++) {
        const at = (row * thumbnailColumns + column) * channels;
        let difference = 0;
        for (let c = 0; c < colors; c++) difference += thumbnail[at + c]! - thumbnail[at + c - channels]!;
        bits = bits * 2 + (difference > noise * colors ? 1 : 0);
      }
      into[row >> 1] = (into[row >> 1]! << 8) | bits;
    }
  }

  #looksLike(one: number, other: number): boolean {
    const bytes = thumbnailBytes(this.#shape[2]);
    const most = mostDifference * bytes;
    let difference = 0;
    for (let i = 0; i < bytes && difference <= most; i++) {
      difference += Math.abs(this.#thumbnails[one * bytes + i]! - this.#thumbnails[other * bytes + i]!);
    }
    return difference <= most;
  }
}

/** The four parts of a hash, each pair of them first once. */
const pairsFirst = [
  [0, 1, 2, 3],
  [0, 2, 1, 3],
  [0, 3, 1, 2],
  [1, 2, 0, 3],
  [1, 3, 0, 2],
  [2, 3, 0, 1],
] as const;

type Order = (typeof pairsFirst)[number];

/** Numbers in the order of their hashes, the parts in this order. */
function sortedBy(parts: Uint16Array, order: Order, indices: readonly number[]): number[] {
  const [a, b, c, d] = order;
  return [...indices].sort((one, other) => {
    const [i, j] = [4 * one, 4 * other];
    return (
      parts[i + a]! - parts[j + a]! ||
      parts[i + b]! - parts[j + b]! ||
      parts[i + c]! - parts[j + c]! ||
      parts[i + d]! - parts[j + d]!
    );
  });
}

function sharesPair(parts: Uint16Array, [a, b]: Order, one: number, other: number): boolean {
  return parts[4 * one + a] === parts[4 * other + a] && parts[4 * one + b] === parts[4 * other + b];
}

function bitsBetween(parts: Uint16Array, one: number, other: number): number {
  let count = 0;
  for (let i = 0; i < 4; i++) {
    for (let bits = parts[4 * one + i]! ^ parts[4 * other + i]!; bits !== 0; bits &= bits - 1) count++;
  }
  return count;
}

/** Numbers in groups of one key each, in their order. */
function grouped(numbers: readonly number[], keyOf: (number: number) => number | bigint): number[][] {
  const groups = new Map<number | bigint, number[]>();
  for (const number of numbers) {
    const key = keyOf(number);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [number]);
    else group.push(number);
  }
  return [...groups.values()];
}

/** Sets of numbers that grow together: each points to a smaller one of its set. */
class Groups {
  readonly #parents = new Map<number, number>();

  join(one: number, other: number): void {
    const [a, b] = [this.#root(one), this.#root(other)];
    this.#parents.set(Math.max(a, b), Math.min(a, b));
  }

  all(): number[][] {
    const members = [...this.#parents.keys()].sort((a, b) => a - b);
    return grouped(members, (member) => this.#root(member));
  }

  #root(member: number): number {
    let root = member;
    for (
      let next = this.#parents.get(root);
      next !== undefined && next !== root;
      next = this.#parents.get(root)
    ) {
      root = next;
    }
    this.#parents.set(member, root);
    return root;
  }
}
