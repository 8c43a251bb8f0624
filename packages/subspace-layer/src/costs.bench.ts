import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { bench, describe } from 'vitest';
import {
  orthonormalConstraint,
  orthonormalInitializer,
  principalSubspace,
  smoothOrthonormalInitializer,
} from './index';

await tf.setBackend('wasm');
const few = { iterations: 3, time: 0, warmupIterations: 1, warmupTime: 0 };

describe('six vectors of 131,072', () => {
  bench(
    'orthonormalInitializer',
    () => orthonormalInitializer({ seed: 1 }).apply([6, 131072]).dispose(),
    few,
  );
  bench(
    'smoothOrthonormalInitializer',
    () =>
      smoothOrthonormalInitializer({ seed: 1, shape: [128, 128, 8] })
        .apply([6, 131072])
        .dispose(),
    few,
  );
  const basis = tf.randomNormal([6, 131072]);
  bench(
    'orthonormalConstraint, wasm',
    async () => {
      const weight = orthonormalConstraint().apply(basis);
      await weight.data();
      weight.dispose();
    },
    few,
  );
});

describe('principalSubspace', () => {
  for (const [count, units] of [
    [2000, 512],
    [512, 8192],
    [250, 8192],
  ] as const) {
    const data = tf.randomNormal([count, units]);
    bench(
      `${count} samples of ${units} values`,
      async () => tf.dispose({ ...(await principalSubspace(data, 6)) }),
      few,
    );
  }
});
