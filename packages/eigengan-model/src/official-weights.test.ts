import '@tensorflow/tfjs-backend-cpu';
import type { TensorRecord } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  createDiscriminator,
  createGenerator,
  fromOfficial,
  loadOfficialWeights,
  officialWeights,
  readWeightsByRole,
  toOfficial,
  toOfficialWeights,
  weightsByRole,
} from './index';
import { caseNames, readCase } from './testing/cases';

const modelsOf = (name: string) => {
  const { description, under } = readCase(name);
  const { size, channels, dim_10: width, z_dims: ranks, eps_dim: noise, fc_dim: denseWidth } = description;
  return {
    generator: createGenerator({ size, channels, width, ranks, noise }),
    discriminator: createDiscriminator({ size, channels, width, denseWidth }),
    records: under('weights/'),
  };
};

test.each(caseNames)('%s comes back as it was loaded', async (name) => {
  const { generator, discriminator, records } = modelsOf(name);
  loadOfficialWeights(generator, discriminator, records);
  expect(await toOfficialWeights(generator, discriminator)).toEqual(records);
});

test('column j of U becomes row j of the basis, read as height, width, channels', async () => {
  const { generator, records } = modelsOf('rgb32');
  const u = records['G/U_1'];
  if (u === undefined) throw new Error('no U_1');
  expect(u.shape).toEqual([8, 8, 16, 6]);
  const basis = fromOfficial(generator, inScope(records, 'G/'))['block_1/basis'];
  expect(basis?.shape).toEqual([6, 8 * 8 * 16]);
  const transposed = tf.transpose(tf.tensor(Float32Array.from(u.data), [...u.shape]), [3, 0, 1, 2]);
  expect(Array.from(basis?.data ?? [])).toEqual(Array.from(await transposed.data()));
});

test('gradients and moments are mapped as weights are, in both directions', () => {
  const { generator } = modelsOf('rgb32');
  const gradients = inScope(readCase('rgb32').under('gradients/g/'), 'G/');
  expect(toOfficial(generator, fromOfficial(generator, gradients))).toEqual(gradients);
});

test('one network alone can be loaded from the records of both', async () => {
  const { generator, discriminator, records } = modelsOf('rgb32');
  const before = await readWeightsByRole(discriminator);
  loadOfficialWeights(generator, undefined, records);
  expect(await toOfficialWeights(generator, undefined)).toEqual(inScope(records, 'G/'));
  expect(await readWeightsByRole(discriminator)).toEqual(before);
});

test('without noise or a subspace the rest keeps its official names', () => {
  const generator = createGenerator({ size: 16, width: 0.0625, ranks: [0, 2], noise: 0 });
  const names = Object.fromEntries(officialWeights(generator).map(({ role, name }) => [role, name]));
  expect(names['stem/bias']).toBe('G/fully_connected/biases');
  expect(names['block_0/up/kernel']).toBe('G/transposed_convolution2d_2/weights');
  expect(names['block_1/phi_same/kernel']).toBe('G/transposed_convolution2d_4/weights');
});

describe('what does not fit is refused, and then nothing is set', () => {
  const change = (edit: (records: Record<string, TensorRecord>) => void) => {
    const { generator, discriminator, records } = modelsOf('rgb32');
    const before = weightsByRole(generator).get('stem/bias')?.dataSync();
    edit(records);
    return () => {
      try {
        loadOfficialWeights(generator, discriminator, records);
      } finally {
        expect(weightsByRole(generator).get('stem/bias')?.dataSync()).toEqual(before);
      }
    };
  };

  test('a missing name', () => {
    const load = change((records) => {
      delete records['D/fully_connected_1/biases'];
      delete records['D/convolution/weights'];
    });
    expect(load).toThrow('missing D/convolution/weights, D/fully_connected_1/biases');
  });

  test('an unknown name', () => {
    const load = change((records) => {
      records['G/U_9'] = { dtype: 'float32', shape: [1], data: new Float32Array(1) };
    });
    expect(load).toThrow('fromOfficial: the names must be those of generator, got unknown G/U_9');
  });

  test('a name of neither network', () => {
    const load = change((records) => {
      records.counter = { dtype: 'float32', shape: [1], data: new Float32Array(1) };
    });
    expect(load).toThrow('loadOfficialWeights: names must begin with G/ or D/, got ["counter"]');
  });

  test('another shape', () => {
    const load = change((records) => {
      records['G/L_0'] = { dtype: 'float32', shape: [5], data: new Float32Array(5) };
    });
    expect(load).toThrow('official weights: G/L_0: shape must be [6], got [5]');
  });
});

function inScope(records: Record<string, TensorRecord>, scope: string): Record<string, TensorRecord> {
  return Object.fromEntries(Object.entries(records).filter(([name]) => name.startsWith(scope)));
}
