import { decodeApng } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeApng, encodeGif, type Frames, type Picture } from '../index';
import { encodeWebp } from '../node';

const [width, height] = [24, 16];

/** A frame of one color but for a white corner; `at` tells them apart. */
function frame(at: number, alpha = 255): Picture {
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++)
    data.set([10 * at, 200, 250 - 10 * at, alpha], pixel * 4);
  data.set([255, 255, 255, 255], 0);
  return { width, height, data };
}

const frames = (count: number) => Array.from({ length: count }, (_, at) => frame(at));

/** All frames below each other, and what the file says of its times, by a decoder that is not ours. */
async function decoded(file: Uint8Array) {
  const image = sharp(file, { animated: true });
  const { pages, delay, loop, pageHeight } = await image.metadata();
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { pages, delay, loop, pageHeight, data, info };
}

describe.each([
  { name: 'encodeGif', encode: encodeGif, tolerance: 9, unit: 10 },
  { name: 'encodeWebp', encode: encodeWebp, tolerance: 0, unit: 1 },
])('$name', ({ encode, tolerance, unit }) => {
  it('writes frames that a decoder reads back in order', async () => {
    const { pages, data, info, pageHeight } = await decoded(await encode(frames(12)));
    expect([pages, pageHeight, info.width]).toEqual([12, height, width]);
    for (let at = 0; at < 12; at++) {
      const start = (at * height + 8) * width * 4 + 8 * 4;
      const expected = [10 * at, 200, 250 - 10 * at];
      expected.forEach((value, channel) => {
        expect(Math.abs((data[start + channel] ?? 0) - value)).toBeLessThanOrEqual(tolerance);
      });
    }
  });

  it('shows each frame as long as it should, and all of them together', async () => {
    const { delay = [] } = await decoded(await encode(frames(30), { fps: 30 }));
    expect(delay.reduce((sum, time) => sum + time, 0)).toBe(1000);
    for (const time of delay) expect(Math.abs(time - 1000 / 30)).toBeLessThan(unit);
    const slow = await decoded(await encode(frames(2), { fps: 0.5 }));
    expect(slow.delay).toEqual([2000, 2000]);
  });

  it('plays for ever, once, or as often as is said', async () => {
    const loops = async (plays?: number) => (await decoded(await encode(frames(2), { plays }))).loop;
    expect(await loops()).toBe(0);
    expect(await loops(1)).toBe(1);
    expect(await loops(5)).toBe(5);
  });

  it('enlarges each pixel to a square', async () => {
    const { data, info, pageHeight } = await decoded(await encode(frames(2), { scale: 3 }));
    expect([info.width, pageHeight]).toEqual([3 * width, 3 * height]);
    const isWhite = (x: number, y: number) => data[(y * info.width + x) * 4] === 255;
    expect([isWhite(2, 2), isWhite(3, 0), isWhite(0, 3)]).toEqual([true, false, false]);
  });

  it('needs no frame once it has asked for the next: four hundred may share their memory', async () => {
    function* inPlace(): Generator<Picture> {
      const shared = frame(0);
      for (let at = 0; at < 400; at++) {
        shared.data.set(frame(at % 25).data);
        yield shared;
      }
    }
    const { pages, data } = await decoded(await encode(inPlace()));
    expect(pages).toBe(400);
    for (let at = 0; at < 400; at++) {
      const value = data[(at * height + 8) * width * 4 + 8 * 4] ?? 0;
      expect(Math.abs(value - 10 * (at % 25))).toBeLessThanOrEqual(tolerance);
    }
  });
});

describe('encodeApng', () => {
  it('loses nothing, alpha included, and says times and plays', async () => {
    const given = [frame(0), frame(7, 90), frame(20)];
    const { frames: read, numberOfPlays } = decodeApng(await encodeApng(given, { fps: 8, plays: 3 }));
    expect(numberOfPlays).toBe(3);
    expect(read.map(({ delayNumber, delayDenominator }) => delayNumber / delayDenominator)).toEqual([
      0.125, 0.125, 0.125,
    ]);
    read.forEach(({ data }, at) => {
      expect(Uint8Array.from(data)).toEqual(given[at]?.data);
    });
  });

  it('is a PNG whose still is the first frame', async () => {
    const data = await sharp(await encodeApng(frames(3)))
      .ensureAlpha()
      .raw()
      .toBuffer();
    expect(new Uint8Array(data)).toEqual(frame(0).data);
  });
});

describe('every animation', () => {
  const encoders = { encodeGif, encodeApng, encodeWebp };

  it('lays what is see-through over the background in a GIF, and keeps it elsewhere', async () => {
    const gif = await decoded(await encodeGif([frame(0, 0)], { background: '#ff0000' }));
    expect([...gif.data.subarray(40, 44)]).toEqual([255, 0, 0, 255]);
    const webp = await decoded(await encodeWebp([frame(5, 90), frame(6, 30)]));
    expect(webp.data[43]).toBe(90);
  });

  it('leaves the frames as they are, also those in a Node Buffer', async () => {
    const data = Buffer.from(frame(0, 90).data);
    await encodeGif([{ width, height, data }]);
    expect(new Uint8Array(data)).toEqual(frame(0, 90).data);
  });

  it('refuses no frames, frames of different sizes, and times that players do not keep', async () => {
    const odd = { width: 1, height: 1, data: new Uint8Array(4) };
    async function* none(): Frames & AsyncGenerator<Picture> {}
    for (const [name, encode] of Object.entries(encoders)) {
      await expect(encode([])).rejects.toThrow(`${name}: frames: must be at least one, got 0`);
      await expect(encode(none())).rejects.toThrow(`${name}: frames`);
      await expect(encode([frame(0), odd])).rejects.toThrow(
        `${name}: frame 1: must be 24 x 16 like the first, got "1 x 1"`,
      );
      await expect(encode(frames(2), { fps: 51 })).rejects.toThrow(`${name}: fps`);
      await expect(encode(frames(2), { plays: -1 })).rejects.toThrow(`${name}: plays`);
      await expect(encode(frames(2), Object({ speed: 2 }))).rejects.toThrow(
        `${name}: must have no options but`,
      );
    }
  });
});
