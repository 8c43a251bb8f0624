/**
 * A matrix most of whose entries are zero, in the form of a few gathers: the sum of its blocks, each of which
 * covers the rows from 0 on.
 */
export interface GatherMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly blocks: readonly GatherBlock[];
  /** Where each row is in the sum of the blocks; null: at its own place. */
  readonly places: Int32Array | null;
}

/** As many entries in each of some rows: row `r` has `weights[k * rows + r]` in column `indices[k * rows + r]`. */
export interface GatherBlock {
  readonly rows: number;
  /** A row. */
  readonly entries: number;
  /** `[entries, rows]`. */
  readonly indices: Int32Array;
  /** `[entries, rows]`; 0 where a row has fewer entries. */
  readonly weights: Float32Array;
}

export function gatherBlock(rows: number, entries: number): GatherBlock {
  const size = rows * entries;
  return { rows, entries, indices: new Int32Array(size), weights: new Float32Array(size) };
}

/** Entries of every row in the first block of a transpose: as many as a bilinear map has on average. */
const usual = 4;

/**
 * The transpose of a matrix of one block. Its rows have very different numbers of entries, so they are put in
 * order: the first block has up to 4 of every row, the next ones 4, 8, 16, ... more of the longest rows, in a
 * half, a quarter, an eighth, ... of the rows. Little is wasted, and there are few different shapes, for each of
 * which WebGL would compile a program.
 */
export function transposed(block: GatherBlock, columns: number): GatherMatrix {
  const { rows, indices, weights } = block;
  const counts = countsOf(block, columns);
  let most = 0;
  for (const count of counts) most = Math.max(most, count);
  const { places, longer } = most > usual ? placesOf(counts, most) : { places: null, longer: [] };
  const blocks = [gatherBlock(columns, Math.min(most, usual))];
  for (let from = usual; from < most; from *= 2) {
    blocks.push(gatherBlock(halvedTo(columns, longer[from] ?? 0), from));
  }
  const filled = new Int32Array(columns);
  for (let k = 0; k < indices.length; k++) {
    const weight = weights[k] ?? 0;
    if (weight === 0) continue;
    const column = indices[k] ?? 0;
    const entry = filled[column] ?? 0;
    filled[column] = entry + 1;
    // Entries 0-3 are in block 0, 4-7 in block 1, 8-15 in block 2.
    const number = entry < usual ? 0 : 30 - Math.clz32(entry);
    const target = blocks[number];
    if (target === undefined) continue;
    const within = number === 0 ? entry : entry - target.entries;
    const place = within * target.rows + (places === null ? column : (places[column] ?? 0));
    target.indices[place] = k % rows;
    target.weights[place] = weight;
  }
  return { rows: columns, columns: rows, blocks, places };
}

function countsOf({ indices, weights }: GatherBlock, columns: number): Int32Array {
  const counts = new Int32Array(columns);
  for (let k = 0; k < indices.length; k++) {
    const column = indices[k] ?? 0;
    if (weights[k] !== 0) counts[column] = (counts[column] ?? 0) + 1;
  }
  return counts;
}

/** The rows' places in order of falling counts; `longer[n]`: how many have more than n entries. */
function placesOf(counts: Int32Array, most: number) {
  const longer = new Int32Array(most + 1);
  for (const count of counts) longer[count] = (longer[count] ?? 0) + 1;
  let sum = 0;
  for (let count = most; count >= 0; count--) {
    const equal = longer[count] ?? 0;
    longer[count] = sum;
    sum += equal;
  }
  const next = longer.slice();
  const places = counts.map((count) => {
    const place = next[count] ?? 0;
    next[count] = place + 1;
    return place;
  });
  return { places, longer };
}

/** The least of size, size / 2, size / 4, ... (rounded up) that is at least `needed`. */
function halvedTo(size: number, needed: number): number {
  const half = Math.ceil(size / 2);
  return half < needed || half === size ? size : halvedTo(half, needed);
}
