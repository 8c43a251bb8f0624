import { bench, describe } from 'vitest';
import { sprites } from './sprites';

describe('drawing a sprite', () => {
  for (const size of [32, 64, 128]) {
    const source = sprites({ size });
    let index = 0;
    bench(`${size} px`, () => {
      source.read(index++ % source.length);
    });
  }
});
