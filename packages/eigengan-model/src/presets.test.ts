import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { createDiscriminator, createGenerator, lightPreset, presets, subspaces } from './index';

test.each([
  [{ size: 8 }, [3]],
  [{ size: [24, 16] as const, base: [12, 8] as const, channels: 1, width: 0.25, seed: 5 }, [3]],
  [{ size: 64, base: 8 }, [3, 1, 1 / 3]],
  [{ size: 64 }, [3, 3 ** (1 / 3), 3 ** (-1 / 3), 1 / 3]],
])(
  'a light preset for %j makes two networks that fit, importances falling from 3 to a third',
  (options, importance) => {
    const preset = lightPreset(options);
    const [generator, discriminator] = [
      createGenerator(preset.generator),
      createDiscriminator(preset.discriminator),
    ];
    expect(discriminator.inputs[0]?.shape).toEqual(generator.outputs[0]?.shape);
    expect(generator.inputNames).toEqual(importance.map((_, block) => `z_${block}`));
    const official = [18, 15, 12, 9, 6, 3];
    const found = subspaces(generator).map((subspace) => Array.from(subspace.importance.dataSync()));
    expect(found).toEqual(
      importance.map((factor) => official.map((value) => expect.closeTo(factor * value, 4))),
    );
    generator.dispose();
    discriminator.dispose();
  },
);

test('presets are plain data: JSON keeps them', () => {
  expect(JSON.parse(JSON.stringify(presets))).toEqual(presets);
  expect(lightPreset({ size: 32 })).toEqual(presets.light32);
});

test('a size that no doubling reaches, and what is no option of both networks, are refused', () => {
  expect(() => lightPreset({ size: 48 })).toThrow('lightPreset: size must be base * 2^n with base 4');
  expect(() => lightPreset(JSON.parse('{"size": 32, "noise": 64}'))).toThrow(
    'lightPreset: must have no options but',
  );
});
