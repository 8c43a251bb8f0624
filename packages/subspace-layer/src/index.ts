export { applyConstraints } from './apply-constraints';
export { combineImages } from './combine-images';
export { coordinates } from './coordinates';
export { type ImportanceEntry, importanceSpectrum } from './importance-spectrum';
export { OrthonormalConstraint, orthonormalConstraint } from './orthonormal-constraint';
export {
  OrthonormalInitializer,
  type OrthonormalInitializerArgs,
  orthonormalInitializer,
} from './orthonormal-initializer';
export { orthonormalityError } from './orthonormality-error';
export {
  OrthonormalityRegularizer,
  type OrthonormalityRegularizerArgs,
  orthonormalityRegularizer,
} from './orthonormality-regularizer';
export { principalSubspace } from './principal-subspace';
export {
  SmoothOrthonormalInitializer,
  type SmoothOrthonormalInitializerArgs,
  smoothOrthonormalInitializer,
} from './smooth-orthonormal-initializer';
export { type Subspace, setSubspace, subspaceOf } from './subspace';
export { SubspaceLayer, subspaceLayer } from './subspace-layer';
export type { SubspaceLayerArgs } from './subspace-layer-args';
