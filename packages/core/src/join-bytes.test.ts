import { expect, test } from 'vitest';
import { joinBytes } from './join-bytes';

test('bytes stand one after the other, and are no view of any part', () => {
  const parts = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(9, 3, 9).subarray(1, 2)];
  const whole = joinBytes(parts);
  expect(whole).toEqual(Uint8Array.of(1, 2, 3));
  whole[0] = 7;
  expect(parts[0]).toEqual(Uint8Array.of(1, 2));
  expect(joinBytes([])).toEqual(new Uint8Array(0));
});
