import { expect, test } from 'vitest';
import { type MovingAverageOptions, movingAverageSettings } from './moving-average-options';

test('defaults are filled in', () => {
  expect(movingAverageSettings({ decay: 0.9 })).toEqual({ decay: 0.9, warmup: true, statistics: 'copied' });
  const halfLife = { halfLife: 500, rampUp: null, statistics: 'copied' };
  expect(movingAverageSettings({ halfLife: 500 })).toEqual(halfLife);
});

test.each<[object | number, string]>([
  [0.999, 'Trainer: ema: must be an object with decay or halfLife, or null, got 0.999'],
  [{}, 'Trainer: ema: must have either decay or halfLife, got '],
  [{ decay: 0.9, halfLife: 500 }, 'Trainer: ema: must have either decay or halfLife, got '],
  [{ decay: 1 }, 'Trainer: ema.decay: must be a finite number of at least 0'],
  [{ decay: 0.9, rampUp: 0.05 }, 'Trainer: ema.rampUp: must go with halfLife, got 0.05'],
  [{ decay: 0.9, warmup: 1 }, 'Trainer: ema.warmup: must be true or false, got 1'],
  [{ halfLife: 0 }, 'Trainer: ema.halfLife: must be a finite number above 0, got 0'],
  [{ halfLife: 500, warmup: true }, 'Trainer: ema.warmup: must go with decay; halfLife has rampUp, got true'],
  [{ halfLife: 500, rampUp: 0 }, 'Trainer: ema.rampUp: must be a finite number above 0, got 0'],
  [{ halfLife: 500, statistics: 'average' }, 'Trainer: ema.statistics: must be one of copied, averaged'],
])('refuses %o', (options, message) => {
  // Their types are wrong on purpose.
  expect(() => movingAverageSettings(options as MovingAverageOptions)).toThrow(message);
});
