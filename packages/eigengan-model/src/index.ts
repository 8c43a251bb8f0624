export { ConstantFeatures, type ConstantFeaturesArgs } from './constant-features';
export { type ActiveDimension, type ActivityOptions, dimensionActivity } from './dimension-activity';
export { type DimensionPlace, dimensionKey, dimensionNames, nameDimension } from './dimension-names';
export { createDiscriminator, type DiscriminatorOptions } from './discriminator';
export { type EigenDimension, eigenDimensions } from './eigen-dimensions';
export { createGenerator } from './generator';
export { type GeneratorFiles, generatorFiles } from './generator-files';
export type { BasisKind, GeneratorOptions, Orthonormality } from './generator-options';
export { GeneratorRenderer, type Latent, type RendererOptions } from './generator-renderer';
export type { TransposedFanIn } from './kernel-initializers';
export { latentShapes } from './latent-shapes';
export {
  interpolateLatents,
  type LatentRow,
  type LatentWalkOptions,
  latentWalk,
} from './latent-walk';
export { type LatentOptions, type LatentSampler, latentSampler, modeLatents, sampleLatents } from './latents';
export { type LightOptions, lightPreset } from './light-preset';
export { loadGenerator } from './load-generator';
export { readMetadata } from './metadata';
export type { ModelTarget } from './model-source';
export { type OfficialLayout, type OfficialWeight, officialWeights } from './official-names';
export {
  fromOfficial,
  loadOfficialWeights,
  type TensorRecords,
  toOfficial,
  toOfficialWeights,
} from './official-weights';
export { type Preset, type PresetName, presets } from './presets';
export type { Quantization } from './quantize-weights';
export { readWeightsByRole, setWeightsByRole, weightsByRole } from './roles';
export { type SaveOptions, saveGenerator } from './save-generator';
export type { Extent, Size } from './size';
export { SubspaceConvolution, type SubspaceConvolutionArgs } from './subspace-convolution';
export { type Subspace, subspaces } from './subspaces';
export { defaultTraversalValues, type TraversalOptions } from './traversal-latents';
export { type Traversal, traversalBatch, traversals, traverse } from './traverse';
export type { WidthOptions } from './widths';
