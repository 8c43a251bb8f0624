import { formatError } from '@eigengan/core';

/** Where the channels are in an array of four dimensions: last, or second. */
export const arrayLayouts = ['nhwc', 'nchw'] as const;
export type ArrayLayout = (typeof arrayLayouts)[number];

/** How pictures lie in an array: their number and size, and how many numbers apart their neighbors are. */
export interface PictureLayout {
  readonly length: number;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly steps: {
    readonly picture: number;
    readonly row: number;
    readonly column: number;
    readonly channel: number;
  };
}

/**
 * What the dimensions of an array mean: [pictures, height, width], or, with channels, as `layout` says; by
 * default wherever alone 1 to 4 channels can be.
 *
 * @throws FormatError when the array is none of pictures, or could be either
 */
export function pictureLayout(
  where: string,
  shape: readonly number[],
  fortran: boolean,
  layout: ArrayLayout | undefined,
): PictureLayout {
  if (shape.length !== 3 && shape.length !== 4) {
    const rule = 'the shape must be [pictures, height, width], with channels or without';
    throw formatError(where, rule, shape);
  }
  if (shape.includes(0)) throw formatError(where, 'no dimension of the shape may be 0', shape);
  const steps = stepsOf(shape, fortran);
  const first = shape.length === 4 && (layout ?? deduced(where, shape)) === 'nchw';
  const [row, column, channel] = first ? [2, 3, 1] : [1, 2, 3];
  const channels = shape[channel] ?? 1;
  if (shape.length === 3 && isChannels(shape[2])) {
    throw formatError(where, 'pictures must be more than 4 pixels wide', shape, {
      hint: 'Reshape one picture with channels to [1, height, width, channels]',
    });
  }
  if (!isChannels(channels)) {
    throw formatError(where, `${first ? 'nchw' : 'nhwc'} must have 1 to 4 channels`, shape);
  }
  return {
    length: shape[0]!,
    height: shape[row]!,
    width: shape[column]!,
    channels,
    steps: {
      picture: steps[0]!,
      row: steps[row]!,
      column: steps[column]!,
      channel: steps[channel] ?? 1,
    },
  };
}

function deduced(where: string, shape: readonly number[]): ArrayLayout {
  const last = isChannels(shape[3]);
  const first = isChannels(shape[1]);
  if (last !== first) return last ? 'nhwc' : 'nchw';
  const rule = last
    ? 'the channels could be the second or the last dimension'
    : 'the second or the last dimension must be 1 to 4 channels';
  throw formatError(where, rule, shape, last ? { hint: "Give layout: 'nhwc' or 'nchw'" } : {});
}

function isChannels(count: number | undefined): count is 1 | 2 | 3 | 4 {
  return count === 1 || count === 2 || count === 3 || count === 4;
}

/** How many numbers apart neighbors along each dimension are. */
export function stepsOf(shape: readonly number[], fortran: boolean): number[] {
  const before = (i: number) => (fortran ? shape.slice(0, i) : shape.slice(i + 1));
  return shape.map((_, i) => before(i).reduce((product, size) => product * size, 1));
}
