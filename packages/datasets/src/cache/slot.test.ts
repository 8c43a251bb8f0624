import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeSlot, encodeSlot, slotBytes } from './slot';

const imageBytes = 300;
const image = Uint8Array.from({ length: imageBytes }, (_, i) => (i * 31) % 256);
const original = { height: 70000, width: 3, channels: 4 };

it('gives back what was written, for its own index alone', () => {
  const slot = new Uint8Array(slotBytes(imageBytes));
  slot.set(encodeSlot(7, { image: new Uint8Array(image), original }, imageBytes));
  expect(decodeSlot(7, slot, imageBytes)).toEqual({ image, original });
  expect(decodeSlot(8, slot, imageBytes)).toBeUndefined();
  expect(decodeSlot(7, slot.subarray(0, -1), imageBytes)).toBeUndefined();
  expect(decodeSlot(0, new Uint8Array(slotBytes(imageBytes)), imageBytes)).toBeUndefined();
});

it('gives nothing of a slot that was changed or written half', () => {
  const written = encodeSlot(7, { image: new Uint8Array(image), original }, imageBytes);
  const reason = encodeSlot(7, { reason: 'it is no picture' }, imageBytes);
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(written, reason),
      fc.nat(written.length - 1),
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.boolean(),
      (whole, at, bytes, half) => {
        const slot = new Uint8Array(slotBytes(imageBytes));
        slot.set(whole);
        if (half) slot.fill(0, at);
        else slot.set(bytes.subarray(0, slot.length - at), at);
        const found = decodeSlot(7, slot, imageBytes);
        // What lies behind a short reason belongs to nothing.
        const same = Buffer.compare(slot.subarray(0, whole.length), whole) === 0;
        expect(found === undefined).toBe(!same);
        if (!same) refused++;
      },
    ),
    { numRuns: 5000 },
  );
  expect(refused).toBeGreaterThan(2000);
});
