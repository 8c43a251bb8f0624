import { bench, describe } from 'vitest';
import { portraits } from './portraits';

describe('drawing a portrait', () => {
  for (const size of [32, 64, 128]) {
    const source = portraits({ size });
    let index = 0;
    bench(`${size} px`, () => {
      source.read(index++ % source.length);
    });
  }
});
