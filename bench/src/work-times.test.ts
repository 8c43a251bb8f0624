import { expect, test } from 'vitest';
import { median, smallest } from './statistics';
import { WorkTimes } from './work-times';

const times = new WorkTimes();
times.add([
  { step: 50, r1Step: 40, gStep: 10 },
  { step: 32, dStep: 20, gStep: 12 },
  { step: 34, dStep: 20, gStep: 14 },
  { step: 30, dStep: 22, gStep: 8 },
]);
times.add([{ sample: 5 }, { sample: 7 }]);

test("a part of a step is all steps' statistic", () => {
  expect(times.milliseconds('dStep', median)).toBe(20);
  expect(times.milliseconds('gStep', median)).toBe(11);
  expect(times.milliseconds('gStep', smallest)).toBe(8);
  expect(times.milliseconds('sample', median)).toBe(6);
});

test('a whole step is one of four with the penalty', () => {
  expect(times.milliseconds('step', median)).toBe((50 + 3 * 32) / 4);
  expect(times.milliseconds('step', smallest)).toBe((50 + 3 * 30) / 4);
});

test('what was not done has no time', () => {
  expect(times.milliseconds('sampleOne', median)).toBeNaN();
  expect(new WorkTimes().milliseconds('step', smallest)).toBeNaN();
});
