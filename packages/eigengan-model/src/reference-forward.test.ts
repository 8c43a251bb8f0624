import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { createDiscriminator, createGenerator, loadOfficialWeights } from './index';
import { caseNames, readCase, relativeError } from './testing/cases';

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  test.each(caseNames)('%s gives the official images and logits', async (name) => {
    await tf.setBackend(backend);
    const { description, tensor, under, tensors } = readCase(name);
    const { size, channels, dim_10: width } = description;
    const generator = createGenerator({
      size,
      channels,
      width,
      ranks: description.z_dims,
      noise: description.eps_dim,
      orthonormality: description.gram_schmidt_in_forward ? 'gram-schmidt' : 'regularizer',
    });
    const discriminator = createDiscriminator({ size, channels, width, denseWidth: description.fc_dim });
    expect(generator.countParams()).toBe(description.parameters.generator);
    expect(discriminator.countParams()).toBe(description.parameters.discriminator);
    loadOfficialWeights(generator, discriminator, under('weights/'));

    const inputs = generator.inputNames.map((input) => tensor(`inputs/${input === 'noise' ? 'eps' : input}`));
    const fake = single(generator.predict(inputs));
    expect(relativeError(await fake.data(), tensors['outputs/x_fake']?.data ?? [])).toBeLessThan(1e-4);
    for (const side of ['real', 'fake']) {
      const images = tensor(side === 'real' ? 'inputs/x_real' : 'outputs/x_fake');
      const logits = await single(discriminator.predict(images)).data();
      expect(relativeError(logits, tensors[`outputs/logit_${side}`]?.data ?? [])).toBeLessThan(1e-4);
    }

    loadOfficialWeights(generator, undefined, under('trained_ema/'));
    const trained = await single(generator.predict(inputs)).data();
    expect(relativeError(trained, tensors['outputs/x_fake_trained_ema']?.data ?? [])).toBeLessThan(1e-4);
  });
});

function single(value: tf.Tensor | tf.Tensor[]): tf.Tensor {
  if (Array.isArray(value)) throw new Error('expected one tensor');
  return value;
}
