import { encodeApng, encodeGif, type Picture } from '@eigengan/viz';
import { encodeMp4, encodeWebp } from '@eigengan/viz/browser';
import { describe, expect, it } from 'vitest';

const [width, height] = [33, 18];

/** A frame of one color, which tells which one it is. */
function frame(at: number): Picture {
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) data.set([12 * at, 90, 220 - 12 * at, 255], pixel * 4);
  return { width, height, data };
}

function* frames(count: number): Generator<Picture> {
  for (let at = 0; at < count; at++) yield frame(at);
}

/** The middle pixel of whatever can be drawn. */
function middle(image: CanvasImageSource, w: number, h: number): number[] {
  const context = new OffscreenCanvas(w, h).getContext('2d');
  context?.drawImage(image, 0, 0);
  return Array.from(context?.getImageData(w / 2, h / 2, 1, 1).data ?? []).slice(0, 3);
}

function expectColor(pixel: readonly number[], at: number, tolerance: number): void {
  const expected = [12 * at, 90, 220 - 12 * at];
  for (const [channel, value] of expected.entries()) {
    expect(Math.abs((pixel[channel] ?? 0) - value), `frame ${at}: ${pixel}`).toBeLessThanOrEqual(tolerance);
  }
}

describe.each([
  { name: 'encodeGif', type: 'image/gif', encode: encodeGif, tolerance: 9 },
  { name: 'encodeApng', type: 'image/png', encode: encodeApng, tolerance: 0 },
  { name: 'encodeWebp', type: 'image/webp', encode: encodeWebp, tolerance: 4 },
])('$name in a browser', ({ type, encode, tolerance }) => {
  it('is played by the browser with the frames and the times it was given', async () => {
    const file = await encode(frames(12), { fps: 10, plays: 2 });
    const decoder = new ImageDecoder({ type, data: file });
    await decoder.tracks.ready;
    await decoder.completed;
    expect(decoder.tracks.selectedTrack?.frameCount).toBe(12);
    expect(decoder.tracks.selectedTrack?.repetitionCount).toBe(1);
    for (let at = 0; at < 12; at++) {
      const { image } = await decoder.decode({ frameIndex: at });
      expect([image.codedWidth, image.codedHeight]).toEqual([width, height]);
      expect(image.duration).toBe(100_000);
      expectColor(middle(image, width, height), at, tolerance);
      image.close();
    }
    decoder.close();
  });
});

describe('encodeMp4', () => {
  it('is played by the browser: its length, its even size, its frames in order', async () => {
    const file = await encodeMp4(frames(15), { fps: 15, scale: 4 });
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(new Blob([Uint8Array.from(file)], { type: 'video/mp4' }));
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = () => reject(new Error(video.error?.message));
    });
    expect([video.videoWidth, video.videoHeight]).toEqual([4 * width, 4 * height]);
    expect(video.duration).toBeCloseTo(1, 2);
    for (const at of [2, 7, 14]) {
      const seeked = new Promise((resolve) => {
        video.onseeked = resolve;
      });
      video.currentTime = (at + 0.5) / 15;
      await seeked;
      expectColor(middle(video, video.videoWidth, video.videoHeight), at, 14);
    }
    URL.revokeObjectURL(video.src);
  });

  it('gives a side of an odd number of pixels one more', async () => {
    const { Input, BufferSource, ALL_FORMATS } = await import('mediabunny');
    const input = new Input({ source: new BufferSource(await encodeMp4(frames(2))), formats: ALL_FORMATS });
    const track = await input.getPrimaryVideoTrack();
    expect([track?.displayWidth, track?.displayHeight, track?.codec]).toEqual([34, 18, 'avc']);
  });

  it('refuses no frames and frames of different sizes', async () => {
    await expect(encodeMp4([])).rejects.toThrow('encodeMp4: frames: must be at least one');
    const odd = { width: 1, height: 1, data: new Uint8Array(4) };
    await expect(encodeMp4([frame(0), odd])).rejects.toThrow('encodeMp4: frame 1: must be 33 x 18');
  });
});
