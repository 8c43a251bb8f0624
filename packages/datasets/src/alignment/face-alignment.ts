import { argumentError, assertFields, assertFinite, crc32, crc32c, formatError } from '@eigengan/core';
import type { Affine, Alignment } from '../decode/alignment';
import { type ImageSize, imageSize } from '../image-size';
import { assertLandmarks, type FaceLandmarks, faceAt, type Point } from './face-landmarks';
import { nameLookup } from './landmark-names';
import { meanLandmarks, smallestSpread } from './mean-landmarks';
import { similarity, spread } from './similarity';
import { standardPoints } from './standard-landmarks';

export interface FaceAlignmentOptions {
  /** The landmarks of the pictures, as `parseLandmarks` reads them. */
  readonly landmarks: FaceLandmarks;
  /**
   * Where the landmarks belong, in units of the face's size around its middle: `fiveLandmarks`, or what
   * `parseStandardLandmarks` reads. By default `meanLandmarks(landmarks)`.
   */
  readonly standard?: readonly Point[] | undefined;
  /** Of the cut, pixels a side or [height, width]; 572 by default. */
  readonly size?: ImageSize | undefined;
  /** The face's size, of the cut's longer side; 0.45 by default. */
  readonly faceFactor?: number | undefined;
  /** How far to the right and down of the cut's middle the face's middle lies, in faces; [0, 0.25] by default. */
  readonly move?: Point | undefined;
}

/** A face is found where the standard explains at least so much of its landmarks; of real ones it does some 0.9. */
const leastExplained = 0.25;

/**
 * Cuts faces out of pictures so that their landmarks lie as near as may be to the standard's: turned, scaled and
 * shifted, not distorted or mirrored. By default the cut of the images that EigenGAN was trained on.
 *
 * The standard lies in the cut at `(standard + move) * max(height, width) * faceFactor + floor([width, height] / 2)`.
 * The formula, and its rounding of the middle, are those of https://github.com/LynnHo/HD-CelebA-Cropper
 * (`align.py`, `cropper.py`). There OpenCV estimates the similarity; this is the least-squares one.
 *
 * Pictures are told by their path, or by the end of it when only one row has that end. A picture without a row, or
 * whose landmarks are no face of that standard (all on one place, mirrored, in another order), counts as damaged.
 *
 * @throws ArgumentError when landmarks, standard or sizes are not what they should be
 */
export function faceAlignment(options: FaceAlignmentOptions): Alignment {
  if (typeof options !== 'object' || options === null) {
    throw argumentError('faceAlignment', 'needs options with landmarks', options);
  }
  assertFields('faceAlignment', options, ['landmarks', 'standard', 'size', 'faceFactor', 'move']);
  const { landmarks, size = 572, faceFactor = 0.45, move = [0, 0.25] } = options;
  assertLandmarks('faceAlignment: landmarks', landmarks);
  const cut = imageSize('faceAlignment: size', size);
  assertFinite('faceAlignment: faceFactor', faceFactor, { min: 0.01, max: 100 });
  if (!Array.isArray(move) || move.length !== 2) {
    throw argumentError('faceAlignment: move', 'must be [right, down]', move);
  }
  for (const value of move) assertFinite('faceAlignment: move', value, { min: -100, max: 100 });
  const standard = standardPoints(
    'faceAlignment: standard',
    options.standard ?? meanLandmarks(landmarks),
    landmarks.perFace,
  );
  const target = targetPoints(standard, cut, faceFactor, move);
  const rowOf = nameLookup(landmarks.names);
  return {
    size: cut,
    of: (name) => {
      const row = rowOf(name);
      return row === undefined ? undefined : cutOf(name, target, faceAt(landmarks, row));
    },
    fingerprint: `faces ${cut.join(' x ')}: ${sum(bytesOf(target))} ${sum(bytesOf(landmarks.points))} ${sum(
      new TextEncoder().encode(landmarks.names.join('\n')),
    )}`,
  };
}

function cutOf(name: string, target: Float64Array, face: Float64Array): Affine {
  if (spread(face).sum < smallestSpread) {
    throw formatError(`${name}: landmarks`, 'must not all lie on one place', `[${face[0]}, ${face[1]}]`);
  }
  const { affine, explained } = similarity(target, face);
  if (explained >= leastExplained) return affine;
  throw formatError(
    `${name}: landmarks`,
    `must look like the standard's, not mirrored or in another order: ${leastExplained} of them explained by it`,
    explained,
  );
}

function targetPoints(
  standard: Float64Array,
  [height, width]: readonly [height: number, width: number],
  faceFactor: number,
  [right, down]: Point,
): Float64Array {
  const face = Math.max(height, width) * faceFactor;
  return standard.map((value, i) =>
    i % 2 === 0
      ? (value + right) * face + Math.floor(width / 2)
      : (value + down) * face + Math.floor(height / 2),
  );
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** 64 bits, so that two data sets do not meet by chance. */
function sum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16) + crc32c(bytes).toString(16).padStart(8, '0');
}
