import { expect, it } from 'vitest';
import { withoutName } from './damage';

it('says what is wrong with a picture without its name, wherever that stands', () => {
  expect(withoutName('a.png', 'a.png: must be whole')).toBe('must be whole');
  expect(withoutName('d/a.png', 'set.zip: d/a.png: byte 3: must be whole')).toBe('byte 3: must be whole');
  expect(withoutName('3', 'set.npy: picture 3: row 1: must be in the range')).toBe(
    'set.npy: picture 3: row 1: must be in the range',
  );
  expect(withoutName('a.png', 'da.png: must be whole')).toBe('da.png: must be whole');
});
