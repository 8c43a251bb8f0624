import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeRows } from './take-rows';

test('it gives what tf.gather gives, and leaves nothing else', () => {
  const images = tf.reshape<tf.Rank.R4>(tf.range(0, 5 * 2 * 3 * 2), [5, 2, 3, 2]);
  fc.assert(
    fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 9 }), (places) => {
      const before = tf.memory().numTensors;
      const taken = takeRows(images, places);
      expect(tf.memory().numTensors).toBe(before + 1);
      const expected = tf.gather(images, places);
      expect(taken.shape).toEqual(expected.shape);
      expect(taken.dataSync()).toEqual(expected.dataSync());
      tf.dispose([taken, expected]);
    }),
  );
});
