import * as tfl from '@tensorflow/tfjs-layers';

/** Width of the noise. */
export const noiseWidth = 64;

/** A DCGAN generator (Radford et al., 2016) of 32 x 32 images: from 4 x 4 features up, each time twice as large. */
export function createGenerator(seed: number): tfl.LayersModel {
  const noise = tfl.input({ shape: [noiseWidth], name: 'noise' });
  let h = firstFeatures(noise, seed);
  h = larger(h, 64, seed + 1);
  h = larger(h, 32, seed + 2);
  return tfl.model({ inputs: noise, outputs: toImage(h, seed + 3), name: 'generator' });
}

export function firstFeatures(noise: tfl.SymbolicTensor, seed: number): tfl.SymbolicTensor {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed });
  const h = apply(tfl.layers.dense({ units: 4 * 4 * 128, useBias: false, kernelInitializer }), noise);
  return normalize(apply(tfl.layers.reshape({ targetShape: [4, 4, 128] }), h));
}

/** Features of twice the height and width. */
export function larger(h: tfl.SymbolicTensor, filters: number, seed: number): tfl.SymbolicTensor {
  return normalize(
    apply(tfl.layers.conv2dTranspose({ ...doubling(seed), filters, useBias: false }), active(h)),
  );
}

export function toImage(h: tfl.SymbolicTensor, seed: number): tfl.SymbolicTensor {
  return apply(tfl.layers.conv2dTranspose({ ...doubling(seed), filters: 3, activation: 'tanh' }), active(h));
}

/**
 * Its judge. Without batch normalisation, unlike the paper's: a gradient penalty is about each image, and
 * batch statistics would mix them.
 */
export function createDiscriminator(seed: number): tfl.LayersModel {
  const images = tfl.input({ shape: [32, 32, 3], name: 'images' });
  let h = images;
  for (const [i, filters] of [32, 64, 128].entries()) {
    h = apply(tfl.layers.conv2d({ ...doubling(seed + i), filters }), h);
    h = apply(tfl.layers.leakyReLU({ alpha: 0.2 }), h);
  }
  const logit = apply(tfl.layers.dense({ units: 1 }), apply(tfl.layers.flatten(), h));
  return tfl.model({ inputs: images, outputs: logit, name: 'discriminator' });
}

function doubling(seed: number) {
  const kernelInitializer = tfl.initializers.glorotNormal({ seed });
  return { kernelSize: 4, strides: 2, padding: 'same', kernelInitializer } as const;
}

function normalize(h: tfl.SymbolicTensor): tfl.SymbolicTensor {
  return apply(tfl.layers.batchNormalization({ momentum: 0.9 }), h);
}

function active(h: tfl.SymbolicTensor): tfl.SymbolicTensor {
  return apply(tfl.layers.reLU(), h);
}

function apply(layer: tfl.layers.Layer, input: tfl.SymbolicTensor): tfl.SymbolicTensor {
  // One symbolic tensor in, one out.
  return layer.apply(input) as tfl.SymbolicTensor;
}
