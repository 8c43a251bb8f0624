import { expect, it } from 'vitest';
import { arraySource } from './array-source';

it('reads copies of the images', () => {
  const source = arraySource(Uint8Array.of(1, 2, 3, 4), [2, 1, 2, 1]);
  expect(source).toMatchObject({ length: 2, shape: [1, 2, 1] });
  const image = source.read(1);
  expect(image).toEqual(Uint8Array.of(3, 4));
  image.fill(0);
  expect(source.read(1)).toEqual(Uint8Array.of(3, 4));
});

it('refuses a shape that does not fit and an index that is out of range', () => {
  expect(() => arraySource(new Uint8Array(5), [2, 1, 2, 1])).toThrow(
    'arraySource: shape [2, 1, 2, 1] needs 4 bytes, got 5',
  );
  expect(() => arraySource(new Uint8Array(0), [1, 0, 2, 1])).toThrow('arraySource: shape');
  expect(() => arraySource(new Uint8Array(4), [2, 1, 2, 1]).read(2)).toThrow('at most 1, got 2');
});
