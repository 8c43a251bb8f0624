import { describe, expect, it } from 'vitest';
import type { ImageForm } from './image-form';
import { drawnPicture, largestDifference, mixed } from './picture.testing';
import { toForm } from './to-form';

const background = [10, 20, 30] as const;
const form = (height: number, width: number, options: Partial<ImageForm> = {}): ImageForm => ({
  height,
  width,
  channels: 3,
  fit: 'stretch',
  background,
  ...options,
});

/** Row `y` of an image, pixel by pixel. */
const pixels = (image: Uint8Array, width: number, channels: number, y = 0) =>
  Array.from({ length: width }, (_, x) => {
    const at = (y * width + x) * channels;
    return Array.from(image.subarray(at, at + channels));
  });

describe('toForm', () => {
  it('gives a picture of the right size and channels back byte for byte, in bytes of its own', () => {
    for (const channels of [1, 3, 4] as const) {
      for (const fit of ['cover', 'contain', 'stretch'] as const) {
        const same = drawnPicture([13, 7, channels], (y, x, c) => 1 + (mixed(y * 91 + x * 13 + c) % 255));
        const image = toForm(same, form(13, 7, { channels, fit }));
        expect(image).toEqual(same.data);
        expect(image.buffer).not.toBe(same.data.buffer);
      }
    }
  });

  it('cuts the middle out to cover, exactly where that is whole pixels, between two where it is half', () => {
    const value = (y: number, x: number, c: number) => mixed(y * 50 + x * 3 + c);
    const whole = toForm(drawnPicture([8, 14, 3], value), form(8, 8, { fit: 'cover' }));
    const half = toForm(drawnPicture([8, 15, 3], value), form(8, 8, { fit: 'cover' }));
    expect(whole).toEqual(drawnPicture([8, 8, 3], (y, x, c) => value(y, x + 3, c)).data);
    expect(half).toEqual(
      drawnPicture([8, 8, 3], (y, x, c) => Math.round((value(y, x + 3, c) + value(y, x + 4, c)) / 2)).data,
    );
  });

  it.each([
    ['enlarging by 2', 32, 64],
    ['enlarging by 2.7', 20, 54],
    ['reducing by 4', 128, 32],
    ['reducing by 2.7', 135, 50],
  ])('keeps a straight line straight when %s', (_, from, to) => {
    const slope = 250 / from;
    const ramp = drawnPicture([from, 3, 1], (y) => Math.round(slope * (y + 0.5)));
    const image = toForm(ramp, form(to, 3, { channels: 1 }));
    const margin = Math.ceil(Math.max(1, to / from));
    for (let y = margin; y < to - margin; y++) {
      expect(Math.abs(image[3 * y]! - slope * (y + 0.5) * (from / to))).toBeLessThanOrEqual(1.1);
    }
  });

  it('keeps the corner pixels when it enlarges', () => {
    const small = drawnPicture([3, 2, 3], (y, x, c) => mixed(y * 6 + x * 3 + c + 5));
    for (const size of [4, 9, 31]) {
      const image = toForm(small, form(size, size));
      const corner = (y: number, x: number) => pixels(image, size, 3, y)[x];
      expect([corner(0, 0), corner(0, size - 1), corner(size - 1, 0), corner(size - 1, size - 1)]).toEqual(
        [0, 1, 4, 5].map((i) => Array.from(small.data.subarray(3 * i, 3 * i + 3))),
      );
    }
  });

  it('adds whole margins that mix with nothing, and mixes where an edge lies within a pixel', () => {
    const wide = drawnPicture([16, 32, 3], (y, x, c) => mixed(y * 96 + x * 3 + c));
    const contained = toForm(wide, form(16, 16, { fit: 'contain' }));
    expect(contained.subarray(4 * 48, 12 * 48)).toEqual(toForm(wide, form(8, 16)));
    for (const y of [0, 3, 12, 15])
      expect(pixels(contained, 16, 3, y)).toEqual(Array(16).fill([...background]));
    // 3 x 2 pixels in 4 x 4 are 2.667 rows: two thirds of the first and the last are margin.
    const image = toForm(
      drawnPicture([2, 3, 3], () => 100),
      form(4, 4, { fit: 'contain' }),
    );
    const edge = background.map((value) => Math.round(100 / 3 + (2 / 3) * value));
    const inside = [100, 100, 100];
    expect([0, 1, 2, 3].map((y) => pixels(image, 4, 3, y)[2])).toEqual([edge, inside, inside, edge]);
  });

  it('agrees with Pillow, which has the same filter', () => {
    const image = drawnPicture([20, 24, 3], (y, x, c) => mixed((y * 24 + x) * 3 + c));
    const fromPillow = (base64: string) => Buffer.from(base64, 'base64');
    // Image.resize((9, 7), BILINEAR)
    const stretched = fromPillow(
      'eERyfnxuZY50g42Tf3dzd4uQh456r41Vsa9Tc358bXRiZ4hxe4N+gWRtV4WNZHGphZhshIyKeop9gYCTfo55oXRcnJVTdGlx' +
        'cYNtioFuj4t1h6OUbJWes4eFcG2LiI15eIyHe499kIGEbIp1WqmqX5OikI91iHR1l3KRhY53fYR3eYeibK+oi5hxfHOEh3iT' +
        'j41xindulHmXcqadWqugXYejk4p7f36Vdo2Ehn+SapZvqo2ChqKReIyWhmSJ',
    );
    expect(largestDifference(toForm(image, form(7, 9)), stretched)).toBeLessThanOrEqual(1);
    // Image.resize((5, 7), BILINEAR, box=((24 - 100 / 7) / 2, 0, (24 + 100 / 7) / 2, 20))
    const covered = fromPillow(
      'aIt0gY+Sfnd1do+Pj4d1ZoVseoV/f2ZuV4SQaXSjf497oHVfmpJUc2hwdYhusIqHdW+JhYt8eI+FfIp9jZB6iXV1lXSPhY52' +
        'eYJ8hXWTj4x1indvk32XaaifdoqJhYGQbJRxrZCDeZ+V',
    );
    expect(largestDifference(toForm(image, form(7, 5, { fit: 'cover' })), covered)).toBeLessThanOrEqual(1);
  });

  it('reduces without aliasing', () => {
    const stripes = drawnPicture([256, 256, 1], (y, x) => ((y + x) % 2 === 0 ? 255 : 0));
    for (const size of [16, 37]) {
      const image = toForm(stripes, form(size, size, { channels: 1 }));
      for (const value of image) expect(Math.abs(value - 127.5)).toBeLessThan(6);
    }
  });

  it('makes luminance of colors and three equal colors of gray', () => {
    const colors = drawnPicture([1, 4, 3], (_, x, c) => (x === 3 || x === c ? 255 : 0));
    expect(Array.from(toForm(colors, form(1, 4, { channels: 1 })))).toEqual([76, 150, 29, 255]);
    const gray = drawnPicture([2, 2, 1], (y, x) => 100 * y + x);
    const made = (channels: 3 | 4) => pixels(toForm(gray, form(2, 2, { channels })), 2, channels, 1);
    expect(made(3)).toEqual([100, 101].map((value) => [value, value, value]));
    expect(made(4)).toEqual([100, 101].map((value) => [value, value, value, 255]));
  });

  it('lays alpha over the background, and keeps it straight with 4 channels', () => {
    const rgba = drawnPicture([1, 3, 4], (_, x, c) => (c === 3 ? [0, 51, 255][x]! : 200));
    const over = (alpha: number) => background.map((value) => Math.round(alpha * 200 + (1 - alpha) * value));
    expect(pixels(toForm(rgba, form(1, 3)), 3, 3)).toEqual([over(0), over(0.2), over(1)]);
    expect(pixels(toForm(rgba, form(1, 3, { channels: 4 })), 3, 4)).toEqual([
      [...background, 0],
      [200, 200, 200, 51],
      [200, 200, 200, 255],
    ]);
    const grayAlpha = drawnPicture([1, 2, 2], (_, x, c) => (c === 1 ? 255 * x : 90));
    expect(pixels(toForm(grayAlpha, form(1, 2)), 2, 3)).toEqual([[...background], [90, 90, 90]]);
    expect(toForm(grayAlpha, form(1, 2, { channels: 1 }))[1]).toBe(90);
  });

  it('lets no color of transparent pixels in when it scales', () => {
    // White to the left, transparent black to the right.
    const rgba = drawnPicture([8, 64, 4], (_, x) => (x < 29 ? 255 : 0));
    for (const size of [5, 8, 100]) {
      const straight = pixels(toForm(rgba, form(8, size, { channels: 4 })), size, 4, 3);
      const white = toForm(rgba, form(8, size, { background: [255, 255, 255] }));
      expect(new Set(white)).toEqual(new Set([255]));
      for (const [r, g, b, alpha] of straight) {
        expect([r, g, b]).toEqual(alpha === 0 ? [...background] : [255, 255, 255]);
      }
      expect(straight[0]![3]).toBe(255);
      expect(straight.at(-1)![3]).toBe(0);
    }
  });

  it('has transparent margins with 4 channels, and the luminance of the background with 1', () => {
    const opaque = drawnPicture([2, 4, 3], () => 77);
    const image = toForm(opaque, form(4, 4, { fit: 'contain', channels: 4 }));
    const [margin, inside] = [
      [...background, 0],
      [77, 77, 77, 255],
    ];
    expect([0, 1, 2, 3].map((y) => pixels(image, 4, 4, y)[1])).toEqual([margin, inside, inside, margin]);
    const gray = toForm(opaque, form(4, 4, { fit: 'contain', channels: 1 }));
    expect(gray[0]).toBe(Math.round(0.299 * 10 + 0.587 * 20 + 0.114 * 30));
  });

  it('brings extreme shapes to form', () => {
    const line = drawnPicture([1, 3000, 3], (_, x, c) => mixed(x * 3 + c));
    const point = drawnPicture([1, 1, 4], () => 128);
    for (const fit of ['cover', 'contain', 'stretch'] as const) {
      expect(toForm(line, form(16, 16, { fit }))).toHaveLength(768);
      expect(toForm(point, form(8, 16, { fit }))).toHaveLength(384);
    }
  });
});
