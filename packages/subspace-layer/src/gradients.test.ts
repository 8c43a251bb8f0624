import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gramSchmidt } from './gram-schmidt';
import {
  combineImages,
  orthonormalConstraint,
  orthonormalityRegularizer,
  type SubspaceLayerArgs,
  subspaceLayer,
} from './index';
import {
  differences,
  inRows,
  referenceFeatures,
  referenceGramSchmidt,
  referencePenalty,
  relativeError,
} from './testing/reference';

const rank = 3;
const units = 8;
const batch = 2;

const numbers = (count: number, seed: number, stddev = 1) => {
  const values = tf.tidy(() => tf.randomNormal([count], 0, stddev, 'float32', seed).dataSync());
  return [...values];
};
const sumOfSquares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);

const z = numbers(batch * rank, 1);
const basis = numbers(rank * units, 2, 0.4);
const importance = [2, -1.5, 0.5];
const origin = numbers(units, 3);
/** What the features are compared with in the loss, so that it is not symmetric. */
const target = numbers(batch * units, 4);

/** The loss on one flat vector of basis, importance, origin and z, in double precision. */
function referenceLoss(flat: readonly number[], { orthonormalise = false, penalty = 0 }): number {
  const rows = inRows(flat.slice(0, rank * units), units);
  const reference = {
    basis: orthonormalise ? referenceGramSchmidt(rows) : rows,
    importance: flat.slice(rank * units, rank * units + rank),
    origin: flat.slice(rank * units + rank, rank * units + rank + units),
  };
  const features = referenceFeatures(reference, inRows(flat.slice(rank * units + rank + units), rank)).flat();
  return (
    sumOfSquares(features.map((value, k) => value - (target[k] ?? 0))) + penalty * referencePenalty(rows)
  );
}

function asVariable(tensor: tf.Tensor): tf.Variable {
  if (!(tensor instanceof tf.Variable)) throw new Error('a weight is a variable');
  return tensor;
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('first-order gradients equal finite differences', () => {
  const modes: [string, Partial<SubspaceLayerArgs>, { orthonormalise?: boolean; penalty?: number }][] = [
    [
      'with the regulariser',
      { basisRegularizer: orthonormalityRegularizer({ strength: 2 }) },
      { penalty: 2 },
    ],
    ['with the constraint', { basisConstraint: orthonormalConstraint() }, {}],
    ['with Gram-Schmidt', { gramSchmidt: true }, { orthonormalise: true }],
  ];
  for (const [mode, args, reference] of modes) {
    for (const output of ['features', 'images'] as const) {
      it(`${mode}, output ${output}`, () => {
        const layer = subspaceLayer({ shape: [2, 2, 2], output, ...args });
        layer.build([null, rank]);
        layer.basis.write(tf.tensor2d(basis, [rank, units]));
        layer.importance.write(tf.tensor1d(importance));
        layer.origin.write(tf.tensor1d(origin));
        const input = tf.variable(tf.tensor2d(z, [batch, rank]));
        const loss = (): tf.Scalar => {
          const made = layer.call(input, {});
          const features = output === 'features' ? made : combineImages(input, made);
          const distance = tf.sum(tf.square(tf.sub(tf.reshape(features, [-1]), target)));
          return [distance, ...layer.calculateLosses()].reduce<tf.Scalar>(
            (a, b) => tf.add(a, b),
            tf.scalar(0),
          );
        };
        const variables = [layer.basis, layer.importance, layer.origin].map((weight) =>
          asVariable(weight.read()),
        );
        const { value, grads } = tf.variableGrads(loss, [...variables, input]);
        // With a constraint the basis that was written is not the one that is there.
        const flat = [...variables, input].flatMap((variable) => [...variable.dataSync()]);
        const expected = differences((x) => referenceLoss(x, reference), flat);
        const actual = [...variables, input].flatMap((variable) => [
          ...(grads[variable.name]?.dataSync() ?? []),
        ]);
        expect(relativeError(value.dataSync(), [referenceLoss(flat, reference)])).toBeLessThan(1e-5);
        expect(relativeError(actual, expected)).toBeLessThan(1e-5);
      });
    }
  }
});

describe('through Gram-Schmidt', () => {
  const first = numbers(rank * units, 5);
  const second = numbers(rank * units, 6);
  const weights = numbers(rank * units, 7);
  const shaped = (values: readonly number[]) => tf.tensor2d([...values], [rank, units]);

  /** Any smooth function of the orthonormalised rows. */
  const f = (x: tf.Tensor): tf.Scalar => {
    const rows = gramSchmidt(tf.reshape(x, [rank, units]));
    return tf.sum(tf.mul(tf.mul(rows, tf.square(rows)), shaped(weights)));
  };
  const reference = (x: readonly number[]) =>
    referenceGramSchmidt(inRows(x, units))
      .flat()
      .reduce((sum, value, k) => sum + value ** 3 * (weights[k] ?? 0), 0);

  it('second-order gradients equal finite differences', () => {
    const along = (direction: readonly number[]) => (x: tf.Tensor) =>
      tf.sum(tf.mul(tf.grad(f)(x), shaped(direction)));
    const product = tf.sum(tf.mul(tf.grad(along(first))(shaped(basis)), shaped(second))).dataSync();
    const step = 1e-3;
    const moved = (a: number, b: number) =>
      reference(basis.map((value, k) => value + step * (a * (first[k] ?? 0) + b * (second[k] ?? 0))));
    const expected = (moved(1, 1) - moved(1, -1) - moved(-1, 1) + moved(-1, -1)) / (4 * step * step);
    expect(relativeError(product, [expected])).toBeLessThan(1e-4);
  });

  it('the gradient of a gradient penalty equals finite differences', () => {
    const layer = subspaceLayer({ shape: [units], gramSchmidt: true, importance });
    layer.build([null, rank]);
    layer.basis.write(shaped(basis));
    const input = tf.tensor2d(z, [batch, rank]);
    const score = (x: tf.Tensor) =>
      tf.sum(tf.mul(tf.square(layer.call(x, {})), tf.tensor2d(target, [batch, units])));
    const penalty = (): tf.Scalar => tf.sum(tf.square(tf.grad(score)(input)));
    const { grads } = tf.variableGrads(penalty, [asVariable(layer.basis.read())]);
    const actual = Object.values(grads).flatMap((grad) => [...grad.dataSync()]);

    // d score / d z_j = sum_k 2 target_k phi_k L_j u_jk, by hand.
    const referencePenaltyOf = (x: readonly number[]) => {
      const rows = referenceGramSchmidt(inRows(x, units));
      const subspace = { basis: rows, importance, origin: Array<number>(units).fill(0) };
      const features = referenceFeatures(subspace, inRows(z, rank));
      const slopes = features.flatMap((phi, i) =>
        rows.map((row, j) =>
          row.reduce(
            (sum, value, k) =>
              sum + 2 * (target[i * units + k] ?? 0) * (phi[k] ?? 0) * (importance[j] ?? 0) * value,
            0,
          ),
        ),
      );
      return sumOfSquares(slopes);
    };
    expect(relativeError(actual, differences(referencePenaltyOf, basis))).toBeLessThan(1e-4);
  });

  it('gradients stay finite where a row is zero', () => {
    const dependent = shaped([...basis.slice(0, 2 * units), ...Array<number>(units).fill(0)]);
    expect([...tf.grad(f)(dependent).dataSync()].every(Number.isFinite)).toBe(true);
    expect([...gramSchmidt(dependent).dataSync()].slice(2 * units)).toEqual(Array(units).fill(0));
  });

  it('rows that almost depend on each other come out orthonormal', () => {
    const [a = []] = inRows(basis, units);
    const near = numbers(2 * units, 8, 1e-4).map((value, k) => value + (a[k % units] ?? 0));
    const rows = gramSchmidt(shaped([...a, ...near]));
    const products = tf.matMul(rows, rows, false, true).dataSync();
    expect(relativeError(products, [1, 0, 0, 0, 1, 0, 0, 0, 1])).toBeLessThan(1e-6);
  });

  it('no tensor is left behind', () => {
    const x = shaped(basis);
    const before = tf.memory().numTensors;
    const gradient = tf.grad(f)(x);
    expect(tf.memory().numTensors).toBe(before + 1);
    gradient.dispose();
  });
});
