import { expect, it } from 'vitest';
import { turn } from './turn';

it('is sine and cosine, to the fifteenth digit', () => {
  for (let i = -400; i <= 400; i++) {
    const [sine, cosine] = turn(i / 360);
    expect(Math.abs(sine - Math.sin((i * Math.PI) / 180)), `${i} degrees`).toBeLessThan(2e-15);
    expect(Math.abs(cosine - Math.cos((i * Math.PI) / 180)), `${i} degrees`).toBeLessThan(2e-15);
  }
});

it('makes quarter turns exactly, and left turns as right ones', () => {
  for (const [turns, sine, cosine] of [
    [0, 0, 1],
    [0.25, 1, 0],
    [0.5, 0, -1],
    [0.75, -1, 0],
    [1, 0, 1],
    [-0.25, -1, 0],
  ] as const) {
    expect(turn(turns)[0], `${turns}`).toBeCloseTo(sine, 300);
    expect(turn(turns)[1], `${turns}`).toBeCloseTo(cosine, 300);
  }
  for (let i = 0; i < 100; i++) {
    expect(turn(-i / 77)[0] + turn(i / 77)[0]).toBe(0);
    expect(turn(-i / 77)[1]).toBe(turn(i / 77)[1]);
  }
});
