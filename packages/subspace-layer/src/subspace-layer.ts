import { ArgumentError, argumentError, assertFinite, assertInteger, assertOneOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { GivenValues } from './given-values';
import { gramSchmidt } from './gram-schmidt';
import {
  type Constraint,
  type Initializer,
  type Regularizer,
  resolveConstraint,
  resolveInitializer,
  resolveRegularizer,
  serialized,
} from './layers-bases';
import { OrthonormalInitializer } from './orthonormal-initializer';
import { OrthonormalityRegularizer } from './orthonormality-regularizer';
import { singleShape, validShape } from './shapes';
import type { SubspaceLayerArgs } from './subspace-layer-args';

/**
 * A linear subspace of features with an orthonormal basis, `phi = U diag(L) z + mu` (EigenGAN, section 3.1).
 *
 * Input z `[batch, rank]`, output `[batch, ...shape]`; with `output: 'images'` `[rank + 1, ...shape]`,
 * the rows L_j u_j and then mu, whatever the values in z. Weights `basis [rank, units]` (the vectors u_j as
 * rows), `importance [rank]`, `origin [units]`.
 *
 * @throws ArgumentError for an invalid option, and when built: a rank of 0 or above `units`, an input width
 * that is not the rank, as many values of importance as are not the rank
 */
export class SubspaceLayer extends tfl.layers.Layer {
  static readonly className = 'eigengan/subspace-layer/SubspaceLayer';

  /** Shape of one output without the batch. */
  readonly shape: readonly number[];
  /** Length of a basis vector: the product of `shape`. */
  readonly units: number;
  /** Whether the basis is orthonormalised in the forward pass. */
  readonly gramSchmidt: boolean;
  /** Whether `call` gives features or the images they are made of. */
  readonly outputKind: 'features' | 'images';
  private readonly givenRank: number | undefined;
  private readonly givenImportance: readonly number[] | undefined;
  private readonly basisInitializer: Initializer;
  private readonly originInitializer: Initializer;
  private readonly basisRegularizer: Regularizer | undefined;
  private readonly basisConstraint: Constraint | undefined;
  private variables: Readonly<Record<'basis' | 'importance' | 'origin', tfl.LayerVariable>> | undefined;

  constructor(args: SubspaceLayerArgs) {
    super(args);
    // tfjs makes names of the class name and a number of its own, which would put slashes into this one.
    if (args.name == null) this.name = `subspace_layer_${/\d*$/.exec(this.name)?.[0] ?? ''}`;
    this.shape = validShape(this.where('shape'), args.shape);
    this.units = tf.util.sizeFromShape([...this.shape]);
    this.gramSchmidt = args.gramSchmidt ?? false;
    this.outputKind = args.output ?? 'features';
    assertOneOf(this.where('output'), this.outputKind, ['features', 'images']);
    this.givenRank = args.rank ?? undefined;
    if (this.givenRank !== undefined) this.checkRank(this.givenRank);
    this.givenImportance = this.finiteNumbers(args.importance);
    this.basisInitializer =
      args.basisInitializer == null
        ? new OrthonormalInitializer()
        : resolveInitializer(this.where('basisInitializer'), args.basisInitializer);
    this.originInitializer =
      args.originInitializer == null
        ? tfl.initializers.zeros()
        : resolveInitializer(this.where('originInitializer'), args.originInitializer);
    this.basisConstraint =
      args.basisConstraint == null
        ? undefined
        : resolveConstraint(this.where('basisConstraint'), args.basisConstraint);
    this.basisRegularizer = this.regularizerOf(args.basisRegularizer);
  }

  /** U transposed, [rank, units], as it is trained; see `effectiveBasis` for Gram-Schmidt. */
  get basis(): tfl.LayerVariable {
    return this.weight('basis');
  }

  /** L, [rank]. */
  get importance(): tfl.LayerVariable {
    return this.weight('importance');
  }

  /** mu, [units]. */
  get origin(): tfl.LayerVariable {
    return this.weight('origin');
  }

  override build(inputShape: tfl.Shape | tfl.Shape[]): void {
    const rank = this.inputWidth(inputShape);
    this.checkRank(rank);
    const importance = this.givenImportance ?? Array.from({ length: rank }, (_, j) => 3 * (rank - j));
    if (importance.length !== rank) {
      const rule = `must have as many values as the rank, ${rank}`;
      throw argumentError(this.where('importance'), rule, importance);
    }
    const { basisInitializer, basisRegularizer, basisConstraint, originInitializer } = this;
    const type = 'float32';
    this.variables = {
      basis: this.addWeight(
        'basis',
        [rank, this.units],
        type,
        basisInitializer,
        basisRegularizer,
        true,
        basisConstraint,
      ),
      importance: this.addWeight('importance', [rank], type, new GivenValues(importance)),
      origin: this.addWeight('origin', [this.units], type, originInitializer),
    };
    this.built = true;
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const rank = this.inputWidth(inputShape);
    const [batch = null] = singleShape(inputShape) ?? [];
    return [this.outputKind === 'images' ? rank + 1 : batch, ...this.shape];
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Parameters<tfl.layers.Layer['call']>[1]): tf.Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const [z, ...others] = Array.isArray(inputs) ? inputs : [inputs];
      const rank = this.inputWidth(others.length === 0 && z !== undefined ? z.shape : []);
      if (z === undefined || this.outputKind === 'images') return this.images();
      const [batch = 0] = z.shape;
      const coordinates = tf.reshape(tf.mul(z, this.importance.read()), [batch, rank]);
      const features = tf.add(tf.matMul(coordinates, this.effectiveBasis()), this.origin.read());
      return tf.reshape(features, [batch, ...this.shape]);
    });
  }

  /** The basis that the output is made with, [rank, units], for the caller to dispose. */
  effectiveBasis(): tf.Tensor2D {
    return tf.tidy(() => {
      const basis = this.basis.read();
      const rows: tf.Tensor2D = tf.reshape(basis, [basis.shape[0] ?? 0, this.units]);
      return this.gramSchmidt ? gramSchmidt(rows) : rows;
    });
  }

  /** L_j u_j for each coordinate, then mu: [rank + 1, ...shape], for the caller to dispose. */
  images(): tf.Tensor {
    return tf.tidy(() => {
      const basis = this.effectiveBasis();
      const [rank] = basis.shape;
      const scaled: tf.Tensor2D = tf.mul(basis, tf.reshape(this.importance.read(), [rank, 1]));
      const origin: tf.Tensor2D = tf.reshape(this.origin.read(), [1, this.units]);
      return tf.reshape(tf.concat2d([scaled, origin], 0), [rank + 1, ...this.shape]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { basisRegularizer, basisConstraint } = this;
    return {
      ...super.getConfig(),
      shape: [...this.shape],
      rank: this.givenRank ?? null,
      importance: this.givenImportance === undefined ? null : [...this.givenImportance],
      basisInitializer: serialized(this.basisInitializer),
      originInitializer: serialized(this.originInitializer),
      basisRegularizer: basisRegularizer === undefined ? null : serialized(basisRegularizer),
      basisConstraint: basisConstraint === undefined ? null : serialized(basisConstraint),
      gramSchmidt: this.gramSchmidt,
      output: this.outputKind,
    };
  }

  private finiteNumbers(given: SubspaceLayerArgs['importance']): readonly number[] | undefined {
    if (given == null) return undefined;
    if (!Array.isArray(given))
      throw argumentError(this.where('importance'), 'must be an array of numbers', given);
    given.forEach((value, j) => {
      assertFinite(this.where(`importance[${j}]`), value);
    });
    return [...given];
  }

  private regularizerOf(given: SubspaceLayerArgs['basisRegularizer']): Regularizer | undefined {
    if (given === null) return undefined;
    if (given !== undefined) return resolveRegularizer(this.where('basisRegularizer'), given);
    const heldOtherwise = this.gramSchmidt || this.basisConstraint !== undefined;
    return heldOtherwise ? undefined : new OrthonormalityRegularizer();
  }

  private weight(name: 'basis' | 'importance' | 'origin'): tfl.LayerVariable {
    if (this.variables === undefined) {
      throw new ArgumentError(`${this.where(name)}: exists once the layer is built, and it is not built yet`);
    }
    return this.variables[name];
  }

  /** The width of the one input, checked against the rank. */
  private inputWidth(inputShape: tfl.Shape | tfl.Shape[]): number {
    const shape = singleShape(inputShape);
    const width = shape?.[1];
    if (shape?.length !== 2 || width == null) {
      throw argumentError(this.where('input'), 'must be one tensor [batch, rank]', inputShape);
    }
    const rank = this.variables?.basis.shape[0] ?? this.givenRank ?? width;
    if (width !== rank) {
      throw argumentError(this.where('input'), `must be as wide as the rank, ${rank}`, width);
    }
    return width;
  }

  private checkRank(rank: number): void {
    const where = this.where('rank');
    assertInteger(where, rank, { min: 1 });
    if (rank > this.units) {
      const rule = `at most ${this.units} vectors of shape [${this.shape.join(', ')}] can be orthonormal`;
      throw argumentError(where, rule, rank);
    }
  }

  private where(what: string): string {
    return `SubspaceLayer ${this.name}: ${what}`;
  }
}
tf.serialization.registerClass(SubspaceLayer);

/** A layer that spans a linear subspace of features; see `SubspaceLayer`. */
export function subspaceLayer(args: SubspaceLayerArgs): SubspaceLayer {
  return new SubspaceLayer(args);
}
