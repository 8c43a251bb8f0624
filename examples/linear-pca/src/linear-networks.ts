import {
  orthonormalConstraint,
  orthonormalInitializer,
  type SubspaceLayer,
  subspaceLayer,
} from '@eigengan/subspace-layer';
import * as tfl from '@tensorflow/tfjs-layers';

/** The generator and the layer in it that is to become PCA. */
export interface LinearGenerator {
  readonly model: tfl.LayersModel;
  readonly subspace: SubspaceLayer;
}

/** What keeps the basis orthonormal: the paper's loss, a projection after each update, or the forward pass. */
export type Orthonormality = 'regularizer' | 'constraint' | 'gram-schmidt';

/**
 * EigenGAN with nothing but its subspace: z [batch, rank] -> x = U diag(L) z + mu [batch, dimensions].
 */
export function linearGenerator(
  dimensions: number,
  rank: number,
  seed: number,
  orthonormality: Orthonormality = 'regularizer',
): LinearGenerator {
  const z = tfl.input({ shape: [rank], name: 'z_0' });
  const subspace = subspaceLayer({
    shape: [dimensions],
    // No knowledge of the spectrum: every direction starts alike.
    importance: Array.from({ length: rank }, () => 1),
    basisInitializer: orthonormalInitializer({ seed }),
    basisConstraint: orthonormality === 'constraint' ? orthonormalConstraint() : null,
    gramSchmidt: orthonormality === 'gram-schmidt',
    name: 'block_0',
  });
  const x = subspace.apply(z);
  return { model: tfl.model({ inputs: z, outputs: onlyOne(x), name: 'generator' }), subspace };
}

/** D(x) = x^T A x + b^T x, [batch, 1]: it sees the mean and the covariance of a distribution, nothing else. */
export function quadraticCritic(dimensions: number): tfl.LayersModel {
  const x = tfl.input({ shape: [dimensions], name: 'x' });
  const linear = tfl.layers
    .dense({ units: dimensions, kernelInitializer: 'zeros', name: 'quadratic' })
    .apply(x);
  const logit = tfl.layers.dot({ axes: 1, name: 'dot' }).apply([x, onlyOne(linear)]);
  return tfl.model({ inputs: x, outputs: onlyOne(logit), name: 'critic' });
}

/** A layer that is applied to symbolic tensors gives one; its type says more. */
function onlyOne(output: ReturnType<tfl.layers.Layer['apply']>): tfl.SymbolicTensor {
  if (output instanceof tfl.SymbolicTensor) return output;
  throw new Error('a layer must give one symbolic tensor');
}
