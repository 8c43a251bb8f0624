import {
  OrthonormalConstraint,
  OrthonormalInitializer,
  OrthonormalityRegularizer,
  SmoothOrthonormalInitializer,
  SubspaceLayer,
} from '@eigengan/subspace-layer';
import * as tfl from '@tensorflow/tfjs-layers';
import { ConstantFeatures } from './constant-features';
import { type GeneratorOptions, type GeneratorPlan, planGenerator } from './generator-options';
import { heFeatures, heInitializer, leak, transposedHeInitializer, weightSeed } from './kernel-initializers';
import { connect } from './layer-types';
import { freshMetadata, writeMetadata } from './metadata';
import { extentAt } from './size';
import { SubspaceConvolution } from './subspace-convolution';

/**
 * The generator of EigenGAN (He, Kan, Shan, ICCV 2021, section 3.1; the official code's `G`).
 *
 * Inputs, in this order: `noise` [batch, noise] unless its width is 0, then `z_i` [batch, rank] for each
 * block of a rank above 0, block 0 being the deepest. Output: images [batch, height, width, channels] in
 * [-1, 1]. The caller disposes of the model.
 *
 * @throws ArgumentError when the options make no network
 */
export function createGenerator(options: GeneratorOptions): tfl.LayersModel {
  const plan = planGenerator(options);
  const noise = plan.noise === 0 ? undefined : tfl.input({ shape: [plan.noise], name: 'noise' });
  const latents = plan.ranks.map((rank, block) =>
    rank === 0 ? undefined : tfl.input({ shape: [rank], name: `z_${block}` }),
  );
  const inputs = [noise, ...latents].filter((input) => input !== undefined);
  let h = stem(plan, noise, inputs);
  for (let block = 0; block < plan.grid.steps; block++) h = addBlock(plan, block, latents[block], h);
  const outputs = connect(
    tfl.layers.conv2d({
      name: 'output',
      filters: plan.channels,
      kernelSize: 7,
      padding: 'same',
      activation: 'tanh',
      kernelInitializer: heInitializer(weightSeed(plan.seed, 'output/kernel')),
    }),
    activate('output/activation', h),
  );
  const generator = tfl.model({ inputs, outputs, name: 'generator' });
  writeMetadata(generator, freshMetadata(generator));
  return generator;
}

/** The first feature map: of the noise, or learned. */
function stem(
  { grid, widths, seed }: GeneratorPlan,
  noise: tfl.SymbolicTensor | undefined,
  inputs: readonly tfl.SymbolicTensor[],
): tfl.SymbolicTensor {
  const [height, width] = grid.base;
  const shape = [height, width, widths[0] ?? 0];
  if (noise !== undefined) {
    const kernelInitializer = heInitializer(weightSeed(seed, 'stem/kernel'));
    const units = shape.reduce((product, size) => product * size, 1);
    const features = connect(tfl.layers.dense({ name: 'stem', units, kernelInitializer }), noise);
    return connect(tfl.layers.reshape({ name: 'stem/reshape', targetShape: shape }), features);
  }
  const [input] = inputs;
  if (input === undefined) throw new Error('generator: no input');
  const biasInitializer = heFeatures(weightSeed(seed, 'stem/bias'));
  return connect(new ConstantFeatures({ name: 'stem', shape, biasInitializer }), input);
}

/** One doubling: the subspace joins before the stride-2 convolution and again after it. */
function addBlock(
  plan: GeneratorPlan,
  block: number,
  z: tfl.SymbolicTensor | undefined,
  input: tfl.SymbolicTensor,
): tfl.SymbolicTensor {
  const name = `block_${block}`;
  const inner = plan.widths[block] ?? 0;
  const outer = plan.widths[block + 1] ?? 0;
  const kernel = (role: string, inputs: number, outputs: number, stride: number) =>
    transposedHeInitializer(weightSeed(plan.seed, `${name}/${role}/kernel`), plan.transposedFanIn, {
      inputs,
      outputs,
      stride,
    });
  const images = z === undefined ? undefined : connect(subspace(plan, block, inner), z);
  const join = (role: 'phi_same' | 'phi_up', h: tfl.SymbolicTensor): tfl.SymbolicTensor => {
    if (z === undefined || images === undefined) return h;
    const [filters, kernelSize, strides] = role === 'phi_same' ? [inner, 1, 1] : [outer, 3, 2];
    const phi = new SubspaceConvolution({
      name: `${name}/${role}`,
      filters,
      kernelSize,
      strides,
      kernelInitializer: kernel(role, inner, filters, strides),
    });
    return connect(tfl.layers.add({ name: `${name}/${role}/add` }), [h, connect(phi, [z, images])]);
  };
  const up = tfl.layers.conv2dTranspose({
    name: `${name}/up`,
    filters: outer,
    kernelSize: 3,
    strides: 2,
    padding: 'same',
    kernelInitializer: kernel('up', inner, outer, 2),
  });
  const same = tfl.layers.conv2dTranspose({
    name: `${name}/same`,
    filters: outer,
    kernelSize: 3,
    padding: 'same',
    kernelInitializer: kernel('same', outer, outer, 1),
  });
  const doubled = connect(up, activate(`${name}/up/activation`, join('phi_same', input)));
  return connect(same, activate(`${name}/same/activation`, join('phi_up', doubled)));
}

function subspace(plan: GeneratorPlan, block: number, features: number): SubspaceLayer {
  const name = `block_${block}`;
  const seed = weightSeed(plan.seed, `${name}/basis`);
  const shape = [...extentAt(plan.grid, block), features];
  const { orthonormality, orthonormalityStrength: strength } = plan;
  return new SubspaceLayer({
    name,
    shape,
    rank: plan.ranks[block],
    importance: plan.importance[block],
    output: 'images',
    basisInitializer:
      plan.basis === 'smooth'
        ? new SmoothOrthonormalInitializer({ seed, shape })
        : new OrthonormalInitializer({ seed }),
    basisRegularizer:
      orthonormality === 'regularizer' && strength > 0 ? new OrthonormalityRegularizer({ strength }) : null,
    basisConstraint: orthonormality === 'constraint' ? new OrthonormalConstraint() : null,
    gramSchmidt: orthonormality === 'gram-schmidt',
  });
}

function activate(name: string, input: tfl.SymbolicTensor): tfl.SymbolicTensor {
  return connect(tfl.layers.leakyReLU({ name, alpha: leak }), input);
}
