import type { Constraint, Identifier, Initializer, LayerArgs, Regularizer } from './layers-bases';

export interface SubspaceLayerArgs extends LayerArgs {
  /** Shape of one output without the batch, e.g. [height, width, channels]; its product is `units`. */
  shape: readonly number[];
  /** Number of coordinates. Taken from the input's width; where given, the two must agree. */
  rank?: number | null | undefined;
  /** Initial importance (L) of each coordinate; 3 rank, 3 (rank - 1), ..., 3 by default. */
  importance?: readonly number[] | null | undefined;
  /** How the basis (U) starts; an `OrthonormalInitializer` by default. */
  basisInitializer?: Identifier<Initializer> | null | undefined;
  /** How the origin (mu) starts; zeros by default. */
  originInitializer?: Identifier<Initializer> | null | undefined;
  /**
   * What keeps the basis orthonormal as a loss; an `OrthonormalityRegularizer` of strength 1 by default, or
   * nothing where a constraint or Gram-Schmidt does it. `null`: nothing.
   */
  basisRegularizer?: Identifier<Regularizer> | null | undefined;
  /** What the basis is put through after each update, e.g. an `OrthonormalConstraint`; nothing by default. */
  basisConstraint?: Identifier<Constraint> | null | undefined;
  /** Whether the basis is orthonormalised in the forward pass; false by default. */
  gramSchmidt?: boolean | undefined;
  /**
   * `'features'` (default): phi of each input. `'images'`: the rank + 1 images of which every phi is the
   * sum, in the batch axis, for linear maps to be applied once to each and `combineImages` after them.
   */
  output?: 'features' | 'images' | undefined;
}
