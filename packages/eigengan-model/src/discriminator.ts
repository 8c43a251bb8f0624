import { assertFields, assertInteger } from '@eigengan/core';
import * as tfl from '@tensorflow/tfjs-layers';
import { resolveChannels } from './generator-options';
import { heInitializer, leak, weightSeed } from './kernel-initializers';
import { connect } from './layer-types';
import { resolveGrid, type Size } from './size';
import { defaultMaxWidth, featureWidths, type WidthOptions } from './widths';

/** What a discriminator is made of. Plain data, fit for JSON. */
export interface DiscriminatorOptions extends WidthOptions {
  /** Edge of the image, or [height, width], in pixels: `base * 2^n`. */
  readonly size: Size;
  /** Edge of the last feature map, or [height, width]. Default: 4. */
  readonly base?: Size | undefined;
  /** 1 (grey), 3 (RGB) or 4 (RGBA). Default: 3. */
  readonly channels?: number | undefined;
  /** Units of the dense layer, at most `maxWidth`. Default: `maxWidth`. */
  readonly denseWidth?: number | undefined;
  /** Of every initial weight: the same seed gives the same weights. Default: 0. */
  readonly seed?: number | undefined;
}

const where = 'discriminator';

const optionNames: Readonly<Record<keyof DiscriminatorOptions, true>> = {
  size: true,
  base: true,
  channels: true,
  width: true,
  maxWidth: true,
  denseWidth: true,
  seed: true,
};

/**
 * The discriminator of EigenGAN (the official code's `D`): stock layers only, so that it loads anywhere.
 *
 * Input: images [batch, height, width, channels] in [-1, 1]. Output: logits [batch, 1], high for real. The
 * caller disposes of the model.
 *
 * @throws ArgumentError when the options make no network
 */
export function createDiscriminator(options: DiscriminatorOptions): tfl.LayersModel {
  assertFields(where, options, Object.keys(optionNames));
  const grid = resolveGrid(where, options.size, options.base);
  const widths = featureWidths(where, grid, options);
  const channels = resolveChannels(where, options.channels);
  const { seed = 0, maxWidth = defaultMaxWidth, denseWidth = maxWidth } = options;
  assertInteger(`${where}: seed`, seed, { min: 0 });
  assertInteger(`${where}: denseWidth`, denseWidth, { min: 1 });

  const kernelInitializer = (name: string) => heInitializer(weightSeed(seed, `${name}/kernel`));
  const activate = (name: string, input: tfl.SymbolicTensor) =>
    connect(tfl.layers.leakyReLU({ name: `${name}/activation`, alpha: leak }), input);
  const convolve = (
    name: string,
    filters: number,
    input: tfl.SymbolicTensor,
    { kernelSize = 3, strides = 1 } = {},
  ) => {
    const args = { name, filters, kernelSize, strides, padding: 'same' as const };
    const layer = tfl.layers.conv2d({ ...args, kernelInitializer: kernelInitializer(name) });
    return activate(name, connect(layer, input));
  };

  const [height, width] = grid.size;
  const images = tfl.input({ shape: [height, width, channels], name: 'images' });
  let h = convolve('input', widths[grid.steps] ?? 0, images, { kernelSize: 7 });
  for (let step = 0; step < grid.steps; step++) {
    const outer = widths[grid.steps - step] ?? 0;
    const inner = widths[grid.steps - step - 1] ?? 0;
    h = convolve(`down_${step}/same`, outer, h);
    h = convolve(`down_${step}/down`, inner, h, { strides: 2 });
  }
  h = convolve('final', widths[0] ?? 0, h);
  h = connect(tfl.layers.flatten({ name: 'flatten' }), h);
  const units = Math.min(denseWidth, maxWidth);
  h = connect(tfl.layers.dense({ name: 'dense', units, kernelInitializer: kernelInitializer('dense') }), h);
  h = activate('dense', h);
  const logits = connect(
    tfl.layers.dense({ name: 'logit', units: 1, kernelInitializer: kernelInitializer('logit') }),
    h,
  );
  return tfl.model({ inputs: images, outputs: logits, name: 'discriminator' });
}
