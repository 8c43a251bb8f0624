export { combineImages } from './combine-images';
export { OrthonormalConstraint, orthonormalConstraint } from './orthonormal-constraint';
export {
  OrthonormalInitializer,
  type OrthonormalInitializerArgs,
  orthonormalInitializer,
} from './orthonormal-initializer';
export {
  OrthonormalityRegularizer,
  type OrthonormalityRegularizerArgs,
  orthonormalityRegularizer,
} from './orthonormality-regularizer';
export {
  SmoothOrthonormalInitializer,
  type SmoothOrthonormalInitializerArgs,
  smoothOrthonormalInitializer,
} from './smooth-orthonormal-initializer';
export { SubspaceLayer, type SubspaceLayerArgs, subspaceLayer } from './subspace-layer';
