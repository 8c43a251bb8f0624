import { argumentError } from '@eigengan/core';
import type { ByteSource } from '../bytes/byte-source';

/** StyleGAN's sets have a file for each resolution, named by its logarithm: `ffhq-r08.tfrecords` is of 256. */
const resolutionName = /-r(\d\d)\.tfrecords$/;

/**
 * Of the files of a multi-resolution set those of one resolution: the largest, or the smallest that is at
 * least `wanted`. Other files are left as they are.
 *
 * @param wanted pixels a side
 * @throws ArgumentError when none is as large, or files of such a set are mixed with others
 */
export function filesOfResolution(
  files: readonly ByteSource[],
  wanted: number | undefined,
): readonly ByteSource[] {
  const sides = files.map(({ name }) => {
    const logarithm = resolutionName.exec(name)?.[1];
    return logarithm === undefined ? undefined : 2 ** Number(logarithm);
  });
  const known = sides.filter((side) => side !== undefined);
  if (known.length === 0 && wanted === undefined) return files;
  if (known.length < files.length) {
    const rule = 'each file must be called name-r02.tfrecords and so on to tell its resolution';
    throw argumentError('tfrecordFiles', rule, files[sides.indexOf(undefined)]?.name);
  }
  const chosen = wanted === undefined ? Math.max(...known) : smallestOf(known, wanted);
  return files.filter((_, i) => sides[i] === chosen);
}

function smallestOf(sides: readonly number[], wanted: number): number {
  const enough = sides.filter((side) => side >= wanted);
  if (enough.length > 0) return Math.min(...enough);
  throw argumentError(
    'tfrecordFiles: resolution',
    `may be at most ${Math.max(...sides)}, the largest there is`,
    wanted,
  );
}
