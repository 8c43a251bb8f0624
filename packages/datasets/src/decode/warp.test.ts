import { describe, expect, it } from 'vitest';
import { drawnPicture, largestDifference, mixed } from './picture.testing';
import { warp } from './warp';

/** Where the mean of the taps of the kernel with a = -0.75 lies, for a place `x` between two pixels. */
const mean = (x: number) => x - 0.5 * x * (1 - x) * (1 - 2 * x);

describe('warp', () => {
  it('gives the picture back by the identity, and parts of it by whole shifts, its edges going on', () => {
    for (const channels of [1, 2, 3, 4] as const) {
      const isAlpha = (c: number) => channels % 2 === 0 && c === channels - 1;
      const value = (y: number, x: number, c: number) => (isAlpha(c) ? 200 : mixed(y * 60 + x * 4 + c));
      const whole = drawnPicture([9, 7, channels], value);
      expect(warp(whole, [1, 0, 0, 0, 1, 0], [9, 7])).toEqual(whole);
      const held = (at: number, size: number) => Math.max(0, Math.min(size - 1, at));
      expect(warp(whole, [1, 0, -3, 0, 1, 2], [12, 12])).toEqual(
        drawnPicture([12, 12, channels], (y, x, c) => value(held(y + 2, 9), held(x - 3, 7), c)),
      );
    }
  });

  it('turns by a quarter exactly', () => {
    const whole = drawnPicture([5, 6, 3], (y, x, c) => mixed(y * 18 + x * 3 + c));
    const turned = warp(whole, [0, 1, 0, -1, 0, 4], [6, 5]);
    expect(turned).toEqual(drawnPicture([6, 5, 3], (y, x, c) => mixed((4 - x) * 18 + y * 3 + c)));
  });

  it('bends a straight line by as much as the kernel does', () => {
    const ramp = drawnPicture([4, 25, 1], (_, x) => 10 * x);
    for (const shift of [0.2, 0.5, 0.8]) {
      const { data } = warp(ramp, [1, 0, shift, 0, 1, 0], [4, 25]);
      for (let x = 2; x < 22; x++) {
        expect(Math.abs(data[25 + x]! - 10 * (x + mean(shift)))).toBeLessThanOrEqual(0.501);
      }
    }
  });

  it('agrees with OpenCV', () => {
    const wave = drawnPicture([20, 24, 3], (y, x, c) => {
      const values = [
        127 + 100 * Math.sin(x / 4 + y / 7),
        127 + 100 * Math.cos(x / 5 - y / 3),
        x * 9 + y * 2,
      ];
      return Math.round(values[c]!);
    });
    // cv2.warpAffine(wave, [[0.8, 0.2, -3], [-0.2, 0.8, 4]], (16, 14), INTER_CUBIC | WARP_INVERSE_MAP,
    // BORDER_REPLICATE)
    const expected = Buffer.from(
      'tZcIsp8IsKUHragGr7EIvsUPydQV1N4c3eMk4eMr490x49Q338Y+2LRGzqBNw4lTvn0KvIMJuokJto0Iu50LyrUT1MYZ29Mg' +
        '4d0n4+Mu4uI139472NVCz8hJxLRQtp1Xx2ILxmcLxG0Kv3MJx4cO1J8W3LQd4cMj49Iq490x3+M42OM/z95FxdVMuMZTqLNa' +
        'z0kNzU4My1UMyVwM0nAS3IcZ4Z0g47Mn4sYu39Q02d070ONCxONJuN1QqtRWmcdd1TQO0zoO0D8N0kcP21sW4W8c44gj46Aq' +
        '37Ux2cU40dI+xt1FuONMqONTmd5aidZg2iYQ2CoQ1isO2jQS4Uca41wg43Im4Igt2Z410LM8xsVCutRIq95PmeNXh+NeeN1k' +
        '3h0S3R4R3B8Q3ycV4zYd40kk4Fwq2nAx0oc4xp8/ubVGq8ZMm9NTid1aeONhZ+Jo4RsT4RoT4BsS4h8Z4ykg4DYn2kcu0Vo0' +
        'x3A7u4lCq59JmrRQisNWetJdad1kWONr4yAV4x8U4h0V4hsd4R8j2ycq0TUxx0g4u1w/rXFFnYdMip1TebNaacZhWtRnSt1u' +
        '4ywW4ykV4yIY4Bsg2xsn0x4tyCg0uzc7rEhCnFtJjG9PfIhWaqBdWbVkSsVrPdJx4j4Y4zkX4S0c2yEk0hwryBsxvSA3rig+' +
        'nDVGikdNe1xTbHJZW4hgSp5oO7NvMcV14FMZ4U0Z2z0f0y0nySEuvBs1rhs7nh5CjSdJezZQaklXW1xdTHBkPYdrMZ9yJ7V5' +
        '3W0b3GQc008jyjwqviwxriE4nRw/jRtFfh9MbSlTWzZaSkdhPVpnM3BuKYl1IZ982Yoc1HwfyWInvk0usDs0ny07jSJCfBxJ' +
        'bRtQXR9WTCddPjVkMkhrKVxyInF4HId/',
      'base64',
    );
    const { data } = warp(wave, [0.8, 0.2, -3, -0.2, 0.8, 4], [14, 16]);
    expect(largestDifference(data, expected)).toBeLessThanOrEqual(2);
  });

  it('lets no color of transparent pixels in', () => {
    const half = drawnPicture([6, 12, 4], (_, x) => (x < 6 ? 255 : 0));
    const { data } = warp(half, [0.37, 0.1, 3, 0, 1, 0], [6, 12]);
    for (let i = 0; i < data.length; i += 4) if (data[i + 3]! > 0) expect(data[i]).toBe(255);
    expect(new Set(data.filter((_, i) => i % 4 === 3)).size).toBeGreaterThan(2);
  });

  it('refuses a map that is none, and takes one that leads far away', () => {
    const plain = drawnPicture([4, 4, 3], () => 9);
    expect(() => warp(plain, [1, 0, Number.NaN, 0, 1, 0], [4, 4])).toThrow('warp: affine');
    expect(new Set(warp(plain, [1e12, 0, 1e15, 0, -1e12, 0], [4, 4]).data)).toEqual(new Set([9]));
  });
});
