import { argumentError, assertFields, assertFinite, assertInteger, assertOneOf } from '@eigengan/core';
import type { TransposedFanIn } from './kernel-initializers';
import { describeExtent, extentAt, type Grid, resolveGrid, type Size } from './size';
import { featureWidths, type WidthOptions } from './widths';

/** How the bases are kept orthonormal: by a loss (the paper), after each update, or in the forward pass. */
export type Orthonormality = 'regularizer' | 'constraint' | 'gram-schmidt';

/** How the bases start: random, or with low-pass images. */
export type BasisKind = 'random' | 'smooth';

/** What a generator is made of. Plain data, fit for JSON. */
export interface GeneratorOptions extends WidthOptions {
  /** Edge of the image, or [height, width], in pixels: `base * 2^n`, n blocks. */
  readonly size: Size;
  /** Edge of the first feature map, or [height, width]. Default: 4. */
  readonly base?: Size | undefined;
  /** 1 (grey), 3 (RGB) or 4 (RGBA). Default: 3. */
  readonly channels?: number | undefined;
  /**
   * Coordinates of each block's subspace, deepest first; one number stands for all blocks. 0: no subspace,
   * no input `z_i` and none of the two convolutions there. Default: 6.
   */
  readonly ranks?: number | readonly number[] | undefined;
  /**
   * Initial importance (L) for each block, deepest first: the numbers themselves, or a factor on the
   * official 3 rank, ..., 6, 3. Default: a factor of 1 everywhere.
   */
  readonly importance?: readonly (number | readonly number[])[] | undefined;
  /** Width of the input `noise`; 0: no such input, the first feature map is learned. Default: 512. */
  readonly noise?: number | undefined;
  /** Default: `'regularizer'`. */
  readonly orthonormality?: Orthonormality | undefined;
  /** Factor on the regulariser's loss `0.5 * ||U^T U - I||^2` (the other ways take none). Default: 1. */
  readonly orthonormalityStrength?: number | undefined;
  /** Default: `'random'`, as in the official code. */
  readonly basis?: BasisKind | undefined;
  /** How the deviation of transposed kernels is reckoned at the start. Default: `'official'`. */
  readonly transposedFanIn?: TransposedFanIn | undefined;
  /** Of every initial weight: the same seed gives the same weights. Default: 0. */
  readonly seed?: number | undefined;
}

/** The options with every default filled in, checked. */
export interface GeneratorPlan {
  readonly grid: Grid;
  readonly channels: number;
  readonly noise: number;
  /** Feature maps after 0 .. n doublings. */
  readonly widths: readonly number[];
  /** One for each block. */
  readonly ranks: readonly number[];
  /** One for each block; empty where the rank is 0. */
  readonly importance: readonly (readonly number[])[];
  readonly orthonormality: Orthonormality;
  readonly orthonormalityStrength: number;
  readonly basis: BasisKind;
  readonly transposedFanIn: TransposedFanIn;
  readonly seed: number;
}

const where = 'generator';

const optionNames: Readonly<Record<keyof GeneratorOptions, true>> = {
  size: true,
  base: true,
  channels: true,
  width: true,
  maxWidth: true,
  ranks: true,
  importance: true,
  noise: true,
  orthonormality: true,
  orthonormalityStrength: true,
  basis: true,
  transposedFanIn: true,
  seed: true,
};

/** @throws ArgumentError naming the option, the rule and what was given */
export function planGenerator(options: GeneratorOptions): GeneratorPlan {
  assertFields(where, options, Object.keys(optionNames));
  const grid = resolveGrid(where, options.size, options.base);
  const widths = featureWidths(where, grid, options);
  const { noise = 512, seed = 0, orthonormalityStrength = 1 } = options;
  const { orthonormality = 'regularizer', basis = 'random', transposedFanIn = 'official' } = options;
  assertInteger(`${where}: noise`, noise, { min: 0 });
  assertInteger(`${where}: seed`, seed, { min: 0 });
  assertOneOf(`${where}: orthonormality`, orthonormality, ['regularizer', 'constraint', 'gram-schmidt']);
  assertFinite(`${where}: orthonormalityStrength`, orthonormalityStrength, { min: 0 });
  assertOneOf(`${where}: basis`, basis, ['random', 'smooth']);
  assertOneOf(`${where}: transposedFanIn`, transposedFanIn, ['official', 'forward']);
  if (options.orthonormalityStrength !== undefined && orthonormality !== 'regularizer') {
    const rule = `orthonormalityStrength belongs to orthonormality 'regularizer', not to '${orthonormality}'`;
    throw argumentError(where, rule, orthonormalityStrength);
  }
  const ranks = resolveRanks(grid, widths, options.ranks ?? 6);
  if (noise === 0 && ranks.every((rank) => rank === 0)) {
    throw argumentError(where, 'needs an input: noise above 0 or a rank above 0', { noise, ranks });
  }
  return {
    grid,
    channels: resolveChannels(where, options.channels),
    noise,
    widths,
    ranks,
    importance: resolveImportance(ranks, options.importance),
    orthonormality,
    orthonormalityStrength,
    basis,
    transposedFanIn,
    seed,
  };
}

/** @throws ArgumentError when the channels are not 1, 3 or 4 */
export function resolveChannels(network: string, channels = 3): number {
  if ([1, 3, 4].includes(channels)) return channels;
  throw argumentError(`${network}: channels`, 'must be 1 (grey), 3 (RGB) or 4 (RGBA)', channels);
}

function resolveRanks(
  grid: Grid,
  widths: readonly number[],
  ranks: number | readonly number[],
): readonly number[] {
  const list = typeof ranks === 'number' ? Array.from({ length: grid.steps }, () => ranks) : ranks;
  if (!Array.isArray(list) || list.length !== grid.steps) {
    const rule = `ranks needs one entry per block, ${grid.steps} for size ${describeExtent(grid.size)}`;
    throw argumentError(where, rule, ranks);
  }
  list.forEach((rank, block) => {
    const [height, width] = extentAt(grid, block);
    const units = height * width * (widths[block] ?? 0);
    assertInteger(`${where}: ranks[${block}]`, rank, { min: 0 });
    if (rank > units) {
      throw argumentError(`${where}: ranks[${block}]`, `must be at most ${units}, the features there`, rank);
    }
  });
  return list;
}

function resolveImportance(
  ranks: readonly number[],
  importance: GeneratorOptions['importance'],
): readonly (readonly number[])[] {
  if (importance !== undefined && importance.length !== ranks.length) {
    throw argumentError(where, `importance needs one entry per block, ${ranks.length} here`, importance);
  }
  return ranks.map((rank, block) => {
    const given = importance?.[block] ?? 1;
    const at = `${where}: importance[${block}]`;
    if (typeof given === 'number') {
      assertFinite(at, given);
      return Array.from({ length: rank }, (_, j) => given * 3 * (rank - j));
    }
    if (given.length !== rank) {
      throw argumentError(at, `must have as many numbers as the rank, ${rank}`, given);
    }
    given.forEach((value, j) => {
      assertFinite(`${at}[${j}]`, value);
    });
    return given;
  });
}
