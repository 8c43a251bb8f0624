import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { importanceSpectrum } from './index';
import { builtLayer } from './testing/built-layer';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('importanceSpectrum', () => {
  it('lists |importance|, the greatest first', async () => {
    expect(await importanceSpectrum(builtLayer())).toEqual([
      { coordinate: 1, importance: 3 },
      { coordinate: 2, importance: 2 },
      { coordinate: 0, importance: 1 },
    ]);
  });
});
