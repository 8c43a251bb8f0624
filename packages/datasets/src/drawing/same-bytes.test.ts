import { joinBytes } from '@eigengan/core';
import { expect, it } from 'vitest';
import type { ImageSize } from '../image-size';
import { portraits } from '../portraits/portraits';
import { rooms } from '../rooms/rooms';
import { sprites } from '../sprites/sprites';

// Runs in Node and in a page: SHA-256 of the same pictures, as ever.
const sizes: readonly ImageSize[] = [8, 32, 64, [40, 56]];

it.each([
  ['portraits', portraits, 32, 'c12edcbf61057b36c07733aa0375652d088cee44e2c0a31b44a65c8ddd4fbec9'],
  ['sprites', sprites, 64, '6f193656f0e4e5859aec5e24bda0226e89989574b74de1397420c9259a110ff4'],
  ['rooms', rooms, 32, 'e00bdbe09af7e07975815f4eb0f2ff556f1d657afbb296fc0d9c09814f70f100'],
] as const)('draws the same bytes of %s as ever', async (_, open, count, expected) => {
  const pictures = sizes.flatMap((size) => {
    const source = open({ size, seed: 1 });
    return Array.from({ length: count }, (_, i) => source.read(i));
  });
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', joinBytes(pictures)));
  expect(Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(expected);
});
