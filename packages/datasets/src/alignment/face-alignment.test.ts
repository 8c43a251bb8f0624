import { ArgumentError, FormatError } from '@eigengan/core';
import { describe, expect, it } from 'vitest';
import { warp } from '../decode/warp';
import type { Picture } from '../pictures/picture';
import { drawPortrait } from '../portraits/draw-portrait';
import { type PortraitFactors, portraitFactorRanges } from '../portraits/factors';
import { faceAlignment } from './face-alignment';
import type { FaceLandmarks } from './face-landmarks';
import { fiveLandmarks } from './standard-landmarks';

const facts = (points: readonly number[]): FaceLandmarks => ({
  names: ['a.jpg'],
  perFace: points.length / 2,
  points: Float64Array.from(points),
});

describe('faceAlignment', () => {
  it.each([
    {
      size: [572, 572] as const,
      faceFactor: 0.45,
      move: [0, 0.25] as const,
      points: [69.0, 109.9, 105.18, 110.33, 75.64, 139.03, 73.18, 156.02, 106.52, 152.14],
      // numpy.linalg.lstsq of the ten equations; skimage's SimilarityTransform agrees to 1e-12.
      lstsq: [
        0.34025251115019023, 0.010971114591838749, -15.363404318622724, -0.010971114591838749,
        0.34025251115019023, 17.981771928495395,
      ],
      // cv2.estimateAffinePartial2D with ransacReprojThreshold 1e9, as the official program calls it.
      cv2: [
        0.34025254150070067, 0.010970974121502688, -15.363363098401859, -0.010970974121502688,
        0.34025254150070067, 17.98172207471258,
      ],
    },
    {
      // An odd size, not square: the official middle is floor(size / 2), not (size - 1) / 2.
      size: [129, 100] as const,
      faceFactor: 0.6,
      move: [-0.1, 0.1] as const,
      points: [70.47, 110.07, 106.32, 110.21, 76.91, 144.09, 68.97, 150.63, 102.3, 150.13],
      lstsq: [
        1.0842522704793671, -0.060242571666350386, 43.34110690569605, 0.060242571666350386,
        1.0842522704793671, 53.22877081084883,
      ],
      cv2: [
        1.0842522050704932, -0.060242526271561125, 43.34110835224244, 0.060242526271561125,
        1.0842522050704932, 53.22877917279214,
      ],
    },
  ])('cuts as numpy and OpenCV say at $size', ({ size, faceFactor, move, points, lstsq, cv2 }) => {
    const cut = faceAlignment({ landmarks: facts(points), standard: fiveLandmarks, size, faceFactor, move });
    expect(cut.size).toEqual(size);
    const affine = cut.of('a.jpg')!;
    expect(affine).toHaveLength(6);
    affine.forEach((value, i) => {
      expect(value).toBeCloseTo(lstsq[i]!, 9);
      expect(Math.abs(value - cv2[i]!)).toBeLessThan(1e-4);
    });
  });

  it('makes the pixels that OpenCV makes, beyond the edges too', () => {
    const points = [25.3, 20.1, 40.2, 24.9, 30.4, 34.8, 22.9, 38.2, 35.1, 42.5];
    const data = Uint8Array.from({ length: 60 * 64 }, (_, i) => {
      const [x, y] = [i % 64, Math.floor(i / 64)];
      return Math.abs(((x * 9 + y * 5) % 200) - 100) * 2;
    });
    const cut = faceAlignment({
      landmarks: facts(points),
      standard: fiveLandmarks,
      size: [48, 40],
      faceFactor: 0.6,
      move: [0, 0.1],
    });
    const made = warp({ height: 60, width: 64, channels: 1, data }, cut.of('a.jpg')!, cut.size).data;
    // cv2.warpAffine, WARP_INVERSE_MAP + INTER_CUBIC, BORDER_REPLICATE, of the matrix by estimateAffinePartial2D.
    const expected = Buffer.from(cv2Pixels, 'base64');
    expect(made).toHaveLength(expected.length);
    const differences = Array.from(made, (value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  it('brings turned, scaled and shifted portraits upright to the same place', () => {
    const poses = [
      { turn: 0.5, scale: 1.3, right: 30, down: -12 },
      { turn: -0.9, scale: 0.8, right: -25, down: 20 },
      { turn: 3, scale: 1, right: 5, down: 35 },
    ];
    const faces = poses.map((pose) => photograph(portrait, pose));
    const landmarks = {
      names: faces.map((_, i) => `${i}.png`),
      perFace: 5,
      points: Float64Array.from(faces.flatMap(({ points }) => points)),
    };
    const cut = faceAlignment({ landmarks, standard: fiveLandmarks, size: 72 });
    const direct = faceAlignment({ landmarks: facts(portraitPoints), standard: fiveLandmarks, size: 72 });
    const expected = warp(portrait, direct.of('a.jpg')!, direct.size).data;
    for (const [i, { picture }] of faces.entries()) {
      const { data } = warp(picture, cut.of(`${i}.png`)!, cut.size);
      expect(meanDifference(data, expected)).toBeLessThan(2.5);
    }
    // What the photographs show at the same place is not alike at all.
    expect(meanDifference(faces[0]!.picture.data, faces[1]!.picture.data)).toBeGreaterThan(30);
  });

  it('takes the mean shape for a standard when there is none', () => {
    const landmarks = facts(portraitPoints);
    const affine = faceAlignment({ landmarks, size: 64 }).of('a.jpg')!;
    // Of one face the mean is that face: it is cut as upright as it is.
    expect(affine[1]).toBeCloseTo(0, 12);
    expect(affine[0]).toBeGreaterThan(1);
  });

  it('finds pictures by their path, or by its end when that is one row', () => {
    const names = ['a/1.jpg', 'b/1.jpg', '2.jpg', './c\\3.jpg', '4.jpg', 'x/4.jpg'];
    const points = Float64Array.from(names.flatMap((_, i) => portraitPoints.map((value) => value + i)));
    const cut = faceAlignment({ landmarks: { names, perFace: 5, points }, standard: fiveLandmarks });
    const rowOf = (name: string) => {
      const affine = cut.of(name);
      return affine && Math.round(affine[2] - cut.of('a/1.jpg')![2]);
    };
    expect(rowOf('b/1.jpg')).toBe(1);
    expect(rowOf('1.jpg')).toBeUndefined();
    expect(rowOf('any/folder/2.jpg')).toBe(2);
    expect(rowOf('c/3.jpg')).toBe(3);
    expect(rowOf('3.jpg')).toBe(3);
    expect(rowOf('d/3.jpg')).toBeUndefined();
    expect(rowOf('12.jpg')).toBeUndefined();
    expect(rowOf('4.jpg')).toBe(4);
    expect(rowOf('deep/x/4.jpg')).toBeUndefined();
    expect(rowOf('constructor')).toBeUndefined();
  });

  it('says of a single picture why it cannot be cut', () => {
    const mirrored = fiveLandmarks.flatMap(([x, y]) => [100 - 60 * x, 100 + 60 * y]);
    const place = new Array(10).fill(40);
    const landmarks = {
      names: ['good', 'mirrored', 'place'],
      perFace: 5,
      points: Float64Array.from([...portraitPoints, ...mirrored, ...place]),
    };
    const cut = faceAlignment({ landmarks, standard: fiveLandmarks });
    expect(cut.of('good')).toHaveLength(6);
    expect(cut.of('absent')).toBeUndefined();
    expect(() => cut.of('mirrored')).toThrow(FormatError);
    expect(() => cut.of('mirrored')).toThrow('mirrored: landmarks: must look like the standard');
    expect(() => cut.of('place')).toThrow('place: landmarks: must not all lie on one place, got "[40, 40]"');
  });

  it('changes its fingerprint with anything that changes a cut', () => {
    const landmarks = facts(portraitPoints);
    const base = { landmarks, standard: fiveLandmarks };
    const moved = facts(portraitPoints.map((value, i) => (i === 3 ? value + 1e-9 : value)));
    const others = [
      base,
      { ...base, size: 571 },
      { ...base, faceFactor: 0.46 },
      { ...base, move: [0, 0.26] as const },
      { ...base, standard: fiveLandmarks.map(([x, y]) => [x, 1.01 * y] as const) },
      { ...base, landmarks: moved },
      { ...base, landmarks: { ...landmarks, names: ['b.jpg'] } },
    ];
    expect(new Set(others.map((options) => faceAlignment(options).fingerprint)).size).toBe(others.length);
    expect(faceAlignment({ ...base }).fingerprint).toBe(faceAlignment(base).fingerprint);
  });

  it('refuses what is no such option', () => {
    const landmarks = facts(portraitPoints);
    const options = { landmarks, standard: fiveLandmarks };
    const fails = (change: object) => () => faceAlignment({ ...options, ...change });
    expect(fails({ facefactor: 1 })).toThrow('Did you mean "faceFactor"?');
    expect(fails({ faceFactor: 0 })).toThrow(ArgumentError);
    expect(fails({ move: 0.25 })).toThrow('move: must be [right, down], got 0.25');
    expect(fails({ size: 4 })).toThrow(ArgumentError);
    expect(fails({ landmarks: [] })).toThrow(ArgumentError);
    expect(fails({ standard: fiveLandmarks.slice(1) })).toThrow(
      "as many landmarks as the pictures' 5, got 4",
    );
    expect(fails({ standard: fiveLandmarks.map(() => [1, 2]) })).toThrow('must not all lie on one place');
    expect(fails({ standard: fiveLandmarks.map(([x]) => [x]) })).toThrow('must be an array of [x, y]');
  });
});

const side = 96;
const factors: PortraitFactors = {
  ...Object.fromEntries(Object.keys(portraitFactorRanges).map((name) => [name, 0.5])),
  headTurn: 0,
  faceWidth: 0.5,
  smile: 0,
  eyeOpening: 1,
  glasses: 0,
  hairLength: 0.3,
  hairColor: 0.3,
  skinTone: 0.8,
  backgroundHue: 0.6,
  lightDirection: 0,
};
const portrait: Picture = { height: side, width: side, channels: 3, data: drawPortrait(factors, side) };

/** Where the drawing program puts eyes, nose and corners of the mouth of a head that looks ahead. */
const portraitPoints = [
  [-0.435 * 0.45, 0.02],
  [0.435 * 0.45, 0.02],
  [0, 0.165],
  [-0.155, 0.325],
  [0.155, 0.325],
].flatMap(([x, y]) => [(x! * side) / 1.74 + side / 2 - 0.5, ((y! - 0.04) * side) / 1.74 + side / 2 - 0.5]);

interface Pose {
  readonly turn: number;
  readonly scale: number;
  readonly right: number;
  readonly down: number;
}

/** A picture of a picture, turned around its middle, scaled and shifted, with where its landmarks are then. */
function photograph(picture: Picture, { turn, scale, right, down }: Pose) {
  const size = 160;
  const [a, b] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  const middle = (side - 1) / 2;
  const points = portraitPoints.flatMap((value, i) => {
    const [x, y] = [value - middle, portraitPoints[i + 1]! - middle];
    return i % 2 === 0 ? [a * x - b * y + size / 2 + right, b * x + a * y + size / 2 + down] : [];
  });
  // The way back, from the photograph to the picture.
  const [p, q] = [a / scale ** 2, -b / scale ** 2];
  const [x, y] = [size / 2 + right, size / 2 + down];
  const back = [p, -q, middle - p * x + q * y, q, p, middle - q * x - p * y] as const;
  return { picture: warp(picture, back, [size, size]), points };
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

const cv2Pixels =
  'QVhvhJmvxLSeiXNcRjEbBREnPVNpf5auxq2VfWNIMBcDHDVOZn+atDxRZ3+VqsK6o455Y0s1IAkLIjlQaYWeuMCnjnVcRCkOByE7VW2Gn7k3TWJ3jqW9wKqTfWhTPSULCiVAWXGKpL28ooltVT0kCQ4pQVp1jqbBMEddc4ietsSxm4NqUjkfBhIsRV55kanEs5qBaU81HAUVMEhhepStwytAVm6Dl63EsJd+ZUsxGQQaNExlfpiyw6+UeWJKLxUDHDVOaYGZs8UmO1Bogpy3wqqPdl9FKxAGIDlTbYSduMKnjnVbQSkQCSQ8VG6Iob2+Ij1YcIeivL+jinBXPiYMDSc/WXOMpcG6n4ZvVTsiBg4pQ1x0jajBuSpDXXePqMW1m4NrUDcfAhMtR2B3kqzDtJqAZ042HAUWL0ljfJWtxq8yS2N8l7DDsJV8Y0oyFwQaM01nf5ixxquTe2BHLxUEHTdQZ4KctsGqN1Jqg5y1xKiQd1xDKxEGIjtTa4egur6ljHNbQicMCCM9V2+Iobu/oz5WcYujvruhiG9XPSMJDCdCWnOMpb+7oIdsUzsiBxArQ1t3j6fDtZxFXXeQqsK3nYFoUDceBRUuRmF7k6vFsZl/Z00zGgQXMkpjfJWww7GXSmZ+lq/FrpV8Y0kvFwUcNU1ngJq0w62ReGBHLhMEHjZQa4KbtcSpkFFqhJ65waiNdV1DKQ4HITpVboafusCljHNZPygOCyU9VnCJo7+9oohZcYmkvb2hiG5UPCQKDyhBWnSOpsO4nYVtUzkgBBAqRV51j6rBt5yDX3iSqsazmYJpTjUdAhUvSWF5lK7Dsph+ZUw0GgQYMUpkfZauxq2VfWR+mbLCrpR6YUkwFQQbNU9ogZqyxamSeV5FLRMFHzlRaYSet8Coj3VshZ23w6aPdFpCKQ8IJDxUbomhvL2kinFZQCULCiU/WHGKor29oolvc4ykwLmghm5WOyEIDilDXHWNp8C5n4RqUjkgBhMsRF15kanEtJqBaXiRrMO1m39nTjUcBBcvSGN8lK3FsJZ+ZksxGQUZM0xlfZeyxK+VemJ/l7HFrJN7YUYuFQUeN09ogZy3w6uPd19FLBEFHzhTbISdt8KnjnZbhqC7wKWLc1tBKAwIIzxXb4ehu7+ji3FWPiYLDSc/WHGLpcG7oIdvVYumvrqfh2xTOyMHESpDXHaQqMW2m4RrUTgeBBEsR193kavCtJuBZ06Tq8ewmIBnTTQaAhYyS2J7lq/CsJd9Y0szGAMaM0xmgJiwxquUe2FImrTCrJJ4X0guEwQdN1Bqg5u0xKiQd11EKxEHITtSa4afub+njXNbQ5+5waWNcllAJw0LJj5WcIqivryiiG9YPiMKCydAWnOLpL+7oYdtVDumwbiehGxUOR8HECtFXnaOqcK3nYJpUDcfBRUuRWB6kqvEspiAaE4zrsOzmH5lTDQbBBkxSmV+lq/FrpR8ZEkwFwUbNU5mfpm0xK2TeWBHL7PEqpF5X0QsEwYgOFFqg565wqiOdV1EKw8GITlVboWfuMCljXRZQCi9vqOKcllAJgoKJD9ZcYmjvLyhiW9VPSUJDyhBWnOOpsO5noVtVDsgv7iehWpROSAFEixFXXiSqcazmoJpUDYcAxMvSWF5k63CspmAZU01G8ivl35lSzIYAxg0TGR9l7HCrpV6YUoxFgMcNU1ogZmyxaqSeWBGLBPBq5B2XkYsEQUgOFJshZy2w6ePdVtCKQ8JJDxUbYegvL6linFaQSYMv6SKcVc+JQsNJz9XcoykwLughm5WPCIJDShCXHWMpsC5n4VrUjkhBracg2tSNx4GEixGYHiQrMO1m4FnTjYdBBcvR2J8lK3FsZZ+ZkwyGQWxlnxjSjIZBBoyTGd/mLHErJN7YkcuFQUcNlBogJu2w6uRd15GLRMEqJB4XUMrEQchOlNrhaC6waaMdFpCKQ0HIjxWb4igur6ji3JXPiYLDKKJcFc+JAkLJkFacoukvrqgiG1TOyMHECpDW3WQp8S3nIRrUjkeBRCdg2hQOB4DFC5GX3qTqseymYBnTjQaBBUxSmJ7lK7DsJh9Y0szGQIalXxjSjAWBBo1TWZ/mbPCrZR4YEguFAMeNk9qg5u0xKmQd15EKhEHIY50XUQqEAUiOlRuhp65waWMc1pAJw0LJT1Wb4mivr2kiHBYPyQLCyaJb1U8JAkPKUFadI2mwbmehG1UOiAIDypEXnaOqMK3nYRqUDcgBRUtgWpQNR0FFC5IYXmSrsOzmX9mTDQcAxgwSmN9lq/ErpV9ZUowFwUZNHthSTEXBBw0TmiBmrLEqpF6YEUtEwYeOFFpgp24wqmPdlxELBAFIDl2W0IpDgkjPFRsh6G8v6WLcllBJwwJJD5YcIqiu7yhinBVPSQJDyg/b1Y9IggNKENcdI2mv7iehmtSOiAEEixEXHeRqca1m4JpUDYeBQoiOWhONh0CFjBIYXyUrMewl35mTTIYBBczTGR9lrDDrpV8ZVE8Jg4DHDJgSC4VBR03T2iBm7XCq5F2XkYtEwQgOFFshZ21xq6ZhG1WQSsWABgt';
