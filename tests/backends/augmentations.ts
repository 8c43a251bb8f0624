import { seededStream } from '@eigengan/core';
import { adaptiveAugment, diffAugment } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import { given, type Operation } from './operation';

/** Above 1,000 numbers: for fewer, webgpu's gatherND works on the CPU and keeps a reference to the indices. */
const image = [3, 13, 11, 3];

/** Each augmentation, and the gradient of a score of what comes out of it, as a penalty takes it. */
export const augmentations: readonly Operation[] = [diffAugment(), adaptiveAugment({ p: 1 })].flatMap(
  (augmentation): Operation[] => {
    const state = augmentation.create();
    const augment = (x: tf.Tensor) => state.apply(x, (n) => seededStream(3, `${augmentation.name}/${n}`));
    return [
      { name: augmentation.name, operands: [image], apply: (x) => augment(given(x)) },
      {
        name: `the gradient through ${augmentation.name}`,
        operands: [image, image],
        apply: (x, weights) =>
          tf.grad((x) => tf.sum(tf.square(tf.sum(tf.mul(augment(x), given(weights)), [1, 2, 3]))))(given(x)),
      },
    ];
  },
);
