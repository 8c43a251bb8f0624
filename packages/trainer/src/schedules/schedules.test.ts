import { expect, test } from 'vitest';
import {
  cosineDecay,
  exponentialDecay,
  linearDecay,
  officialSchedule,
  type Schedule,
  warmUp,
} from '../index';

function expectRates(schedule: Schedule, rates: Readonly<Record<number, number>>): void {
  for (const [update, rate] of Object.entries(rates)) expect(schedule(Number(update))).toBeCloseTo(rate, 12);
}

test('linear decay is constant, falls in a straight line, and is constant again', () => {
  const decay = linearDecay({ initial: 1, final: 0.2, start: 10, end: 18 });
  expectRates(decay, { 0: 1, 10: 1, 11: 0.9, 14: 0.6, 17: 0.3, 18: 0.2, 1000: 0.2 });
  expectRates(linearDecay({ initial: 3, end: 3 }), { 0: 3, 1: 2, 2: 1, 3: 0, 4: 0 });
});

test('cosine decay is half a cosine', () => {
  const decay = cosineDecay({ initial: 1, final: 0.2, start: 10, end: 16 });
  const [sixth, half] = [0.2 + 0.4 * (1 + Math.sqrt(3) / 2), 0.6];
  expectRates(decay, { 0: 1, 10: 1, 11: sixth, 12: 0.8, 13: half, 14: 0.4, 16: 0.2, 99: 0.2 });
});

test('exponential decay is smooth, or a staircase', () => {
  const options = { initial: 8, factor: 0.25, every: 4 };
  expectRates(exponentialDecay(options), { 0: 8, 1: 8 / Math.SQRT2, 2: 4, 4: 2, 6: 1 });
  expectRates(exponentialDecay({ ...options, staircase: true }), { 0: 8, 3: 8, 4: 2, 7: 2, 8: 0.5 });
});

test('a warm-up rises to where the schedule begins, which then begins', () => {
  expectRates(warmUp(3, 1), { 0: 0.25, 1: 0.5, 2: 0.75, 3: 1, 4: 1, 99: 1 });
  const both = warmUp(3, linearDecay({ initial: 1, end: 10 }));
  expectRates(both, { 0: 0.25, 2: 0.75, 3: 1, 4: 0.9, 13: 0, 20: 0 });
  expectRates(warmUp(0, 1), { 0: 1 });
});

/** The official code's loop over epochs, as it is written there. */
function officialRate(initial: number, steps: number, start: number, step: number): number {
  if (step < start) return initial;
  return initial * (1 - (1 / (steps - start + 1)) * (step - start + 1));
}

test('the official schedule is the official code’s, by epoch', () => {
  for (const [epochs, startDecay] of [
    [160, 160],
    [160, 80],
    [5, 0],
  ] as const) {
    const schedule = officialSchedule({ updatesPerEpoch: 7, epochs, startDecay });
    for (let epoch = 0; epoch < epochs; epoch++) {
      const rate = officialRate(1e-4, epochs, startDecay, epoch);
      expect(rate).toBeGreaterThan(0);
      expectRates(schedule, { [7 * epoch]: rate, [7 * epoch + 6]: rate });
    }
    expectRates(schedule, { [7 * epochs]: 0, [70 * epochs]: 0 });
  }
  expectRates(officialSchedule({ updatesPerEpoch: 1000 }), { 0: 1e-4, 159999: 1e-4 });
});

test('bad settings are refused with their name', () => {
  const refused = (make: () => Schedule, message: string) => expect(make).toThrow(message);
  refused(
    () => linearDecay({ initial: 1, start: 5, end: 5 }),
    'linearDecay: end: must be an integer of at least 6',
  );
  refused(() => linearDecay({ initial: -1, end: 5 }), 'linearDecay: initial');
  refused(() => cosineDecay({ initial: 1, end: 5, start: 0.5 }), 'cosineDecay: start');
  refused(() => cosineDecay({ initial: 1, end: 5, final: Number.NaN }), 'cosineDecay: final');
  refused(() => exponentialDecay({ initial: 1, factor: 2, every: 1 }), 'exponentialDecay: factor');
  refused(() => exponentialDecay({ initial: 1, factor: 0.5, every: 0 }), 'exponentialDecay: every');
  refused(() => warmUp(-1, 1), 'warmUp: updates: must be an integer of at least 0');
  refused(() => warmUp(1, -1), 'warmUp: learningRate');
  refused(() => officialSchedule({ updatesPerEpoch: 0 }), 'officialSchedule: updatesPerEpoch');
  refused(() => officialSchedule({ updatesPerEpoch: 1, startDecay: 161 }), 'officialSchedule: startDecay');
});
