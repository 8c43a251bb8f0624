import { WriteStream } from 'node:tty';
import { describe, expect, it } from 'vitest';
import { createProgress, formatDuration } from './progress';

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [59.6, '1:00'],
    [75, '1:15'],
    [3700, '1:01:40'],
    [-5, '0:00'],
  ])('writes %s seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe('createProgress', () => {
  it('writes plain lines where there is no terminal: the first step, the last, and few between', () => {
    const stream = Object.assign(Object.create(WriteStream.prototype), { isTTY: false });
    const text: string[] = [];
    stream.write = (line: string) => text.push(line);
    const progress = createProgress(50, 0, stream);
    for (let step = 1; step <= 50; step++) {
      progress.update({
        step,
        imagesPerSecond: 99.7,
        discriminatorLoss: 1,
        generatorLoss: 2,
        secondsLeft: 50 - step,
      });
    }
    progress.stop();
    expect(text).toEqual([
      'step 1/50 · 100 images/s · D 1.000 G 2.000 · 0:49 left\n',
      'step 50/50 · 100 images/s · D 1.000 G 2.000 · 0:00 left\n',
    ]);
  });
});
