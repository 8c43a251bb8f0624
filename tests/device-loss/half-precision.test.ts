import { useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { variants } from '../backends/variants';
import { whyAbsent } from '../backends/why-absent';

const absent = await whyAbsent('webgl', variants.webgl);

describe.skipIf(absent !== undefined)(absent === undefined ? 'webgl' : `webgl (${absent})`, () => {
  it('reports 32 bits where it has them, and tfjs’s epsilon follows', async () => {
    const report = await useBackend('webgl');
    expect(report).toMatchObject({ floatPrecision: 32, selfTest: { passed: true, tolerance: 1e-4 } });
    expect([tf.backend().floatPrecision(), tf.backend().epsilon()]).toEqual([32, 1e-7]);
  });

  it('reports 16 bits where there are no more, and is tested as such', async () => {
    tf.removeBackend('webgl');
    tf.env().set('WEBGL_FORCE_F16_TEXTURES', true);
    tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', false);
    const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl');
    tf.registerBackend('webgl', () => new MathBackendWebGL(), 2);
    const report = await useBackend('webgl');
    expect(report).toMatchObject({ floatPrecision: 16, selfTest: { passed: true, tolerance: 1e-2 } });
    expect([tf.backend().floatPrecision(), tf.backend().epsilon()]).toEqual([16, 1e-4]);
  });
});
