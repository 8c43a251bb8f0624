import { expect, test } from 'vitest';
import { blankPicture, fillBox } from './canvas';
import { pixelAt } from './testing';
import { trimmed } from './trimmed';

test('an even border goes, what is inside stays', () => {
  const picture = blankPicture(9, 8, [250, 250, 250]);
  fillBox(picture, { x: 2, y: 3, width: 4, height: 1 }, [1, 2, 3]);
  fillBox(picture, { x: 5, y: 5, width: 1, height: 1 }, [4, 5, 6]);
  const inner = trimmed(picture);
  expect([inner.width, inner.height, inner.data.length]).toEqual([4, 3, 48]);
  expect([pixelAt(inner, 0, 0), pixelAt(inner, 0, 1), pixelAt(inner, 3, 2)]).toEqual([
    [1, 2, 3],
    [250, 250, 250],
    [4, 5, 6],
  ]);
});

test('a picture of one color, and one without a border, stay as they are', () => {
  const even = blankPicture(3, 2, [9, 9, 9]);
  expect(trimmed(even)).toEqual(even);
  fillBox(even, { x: 0, y: 0, width: 1, height: 1 }, [1, 1, 1]);
  expect(trimmed(even)).toEqual(even);
});
