import { expect, test } from 'vitest';
import { blankPicture, fillBox } from './canvas';
import { enlarged } from './enlarged';
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

test('a picture whose bytes are a part of a Node Buffer is read from its own beginning', () => {
  const bytes = [9, 9, 9, 255, 1, 2, 3, 255];
  const picture = {
    width: 2,
    height: 1,
    data: Buffer.concat([Buffer.from([7]), Buffer.from(bytes)]).subarray(1),
  };
  expect([...trimmed(picture).data]).toEqual([1, 2, 3, 255]);
  expect([...enlarged(picture, 2).data.subarray(0, 12)]).toEqual([9, 9, 9, 255, 9, 9, 9, 255, 1, 2, 3, 255]);
});

test('enlarging takes whole numbers alone', () => {
  const picture = blankPicture(1, 1, [1, 2, 3]);
  expect(() => enlarged(picture, 0.5)).toThrow('enlarged: scale: must be an integer of at least 1');
  expect(() => enlarged({ ...picture, width: 2 }, 2)).toThrow('enlarged: data must be');
});

test('a picture of one color, and one without a border, stay as they are', () => {
  const even = blankPicture(3, 2, [9, 9, 9]);
  expect(trimmed(even)).toEqual(even);
  fillBox(even, { x: 0, y: 0, width: 1, height: 1 }, [1, 1, 1]);
  expect(trimmed(even)).toEqual(even);
});
