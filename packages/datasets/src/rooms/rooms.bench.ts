import { bench, describe } from 'vitest';
import { rooms } from './rooms';

describe('drawing a room', () => {
  for (const size of [32, 64, 128]) {
    const source = rooms({ size });
    let index = 0;
    bench(`${size} px`, () => {
      source.read(index++ % source.length);
    });
  }
});
