import { fillNormal, seededStream, TrainingError } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { keepingWeights } from '../networks/batch-statistics';
import { leafLayers } from '../networks/leaf-layers';
import { type NetworkWeight, networkWeights } from '../networks/network-weights';
import { discardTape } from '../phases/gradients';
import { floatPrecision } from './float-precision';
import { type Probed, probe, readMeasures, type Verdict, verdictOf } from './second-order-probe';

/** Runs something with the same random masks each time. */
export type Unvaried = <T>(compute: () => T) => T;

/** Where and how often to look. */
interface Effort {
  /** Steps of the first look: few kinks, little rounding. What agrees here needs no further one. */
  readonly first: readonly number[];
  /** Steps of further looks at what is not right at first. */
  readonly further: readonly number[];
  /** Sizes of the batch, tried in turn: layers may normalise over it, or group it. */
  readonly batches: readonly number[];
  /** Whether to look further at what is neither right nor wrong. */
  readonly patient: boolean;
}

const forLayer: Effort = {
  first: [2e-3],
  further: [3e-2, 1e-2, 3e-3, 1e-3, 3e-4],
  batches: [4],
  patient: true,
};
/** A whole model has many kinks and costs much; its layers were found right before. */
const forModel: Effort = { first: [1e-3, 3e-4], further: [1e-3, 3e-4], batches: [2, 4], patient: false };
const furtherLooks = 3;

/**
 * Refuses what this backend differentiates twice silently wrong, as stock tfjs 4.22 does with tanh, sigmoid,
 * exp and what is made of them, by 13 to 100 %: each layer, and if all are right the whole model, is compared
 * with finite differences of first-order gradients. Nothing of the model moves.
 *
 * What cannot be differentiated alone, or draws other random numbers in each call, is passed over.
 *
 * @throws TrainingError naming the layers
 */
export async function assertSecondOrder(model: tfl.LayersModel, unvaried: Unvaried): Promise<void> {
  // Half precision cannot resolve the differences.
  if ((await floatPrecision()) < 32) return;
  const weights = networkWeights('second order', model);
  const wrong: string[] = [];
  for (const { layer } of leafLayers(model)) {
    if (layer.getClassName() === 'InputLayer') continue;
    const verdict = await verdictOn({ layer, weights, unvaried, effort: forLayer });
    if (verdict?.kind !== 'wrong') continue;
    wrong.push(`layer ${layer.name} (${layer.getClassName()}, off by ${percent(verdict)})`);
  }
  if (wrong.length === 0) {
    const verdict = await verdictOn({ layer: model, weights, unvaried, effort: forModel });
    if (verdict?.kind === 'wrong') wrong.push(`the discriminator as a whole (off by ${percent(verdict)})`);
  }
  if (wrong.length === 0) return;
  throw new TrainingError(
    `Trainer: a gradient penalty needs right second-order gradients, got wrong ones on the backend ` +
      `${tf.getBackend()} in ${wrong.join(', ')}`,
    {
      hint:
        'Call repairGradients() of @eigengan/backends, or use other operations in these layers, e.g. relu ' +
        'or leakyReLU',
    },
  );
}

function percent({ error }: Verdict): string {
  return `${Math.round(100 * error)} %`;
}

interface Subject {
  readonly layer: tfl.layers.Layer;
  /** All that applying it may move. */
  readonly weights: readonly NetworkWeight[];
  readonly unvaried: Unvaried;
  readonly effort: Effort;
}

interface Setting {
  readonly shapes: readonly (readonly number[])[];
  readonly training: boolean;
  /** Whether the weights are drawn anew: as they are, small or zero ones hide what they will be part of. */
  readonly drawn: boolean;
}

/** Null where it cannot be told. */
async function verdictOn(subject: Subject): Promise<Verdict | null> {
  for (const shapes of shapesOf(subject)) {
    const setting = { shapes, training: true, drawn: true };
    const quick = await look(subject, setting, subject.effort.first, 0);
    // This shape does not fit, or it has no second-order gradient at all.
    if (quick === null) continue;
    const done = quick.kind === 'right' || (quick.kind === 'unclear' && !subject.effort.patient);
    return done ? quick : closerLook(subject, setting);
  }
  return null;
}

async function closerLook(subject: Subject, first: Setting): Promise<Verdict | null> {
  const setting = await steadySetting(subject, first);
  if (setting === null) return null;
  let wrong = 0;
  for (let attempt = 1; attempt <= furtherLooks; attempt++) {
    const verdict = await look(subject, setting, subject.effort.further, attempt);
    if (verdict === null || verdict.kind === 'right') return verdict;
    // Twice, at other points: not by chance.
    if (verdict.kind === 'wrong' && ++wrong === 2) return verdict;
  }
  return null;
}

/** The first setting that gives the same finite numbers twice. */
async function steadySetting(subject: Subject, { shapes }: Setting): Promise<Setting | null> {
  for (const training of [true, false]) {
    for (const drawn of [true, false]) {
      const setting = { shapes, training, drawn };
      const change = attempted(() =>
        withWeights(subject, setting, () => {
          const probed = probedOf(subject, setting);
          const inputs = shapes.map((shape) => tf.randomNormal([...shape], 0, 1, 'float32', 1));
          const [once, again] = [probed.apply(inputs), probed.apply(inputs)];
          const changes = once.map((output, i) => {
            const other = again[i] ?? output;
            return tf.div(
              tf.sum(tf.abs(tf.sub(output, other))),
              tf.add(tf.sum(tf.abs(output)), Number.MIN_VALUE),
            );
          });
          return tf.addN(changes);
        }),
      );
      if (change === null) continue;
      const [relative = Number.NaN] = await change.data();
      change.dispose();
      if (relative < 1e-4) return setting;
    }
  }
  return null;
}

/** Null where it throws. */
async function look(
  subject: Subject,
  setting: Setting,
  steps: readonly number[],
  attempt: number,
): Promise<Verdict | null> {
  const measures = attempted(() =>
    withWeights(subject, setting, () => probe(probedOf(subject, setting), steps, attempt)),
  );
  if (measures === null) return null;
  try {
    return verdictOf(readMeasures(await measures.data(), steps.length));
  } finally {
    measures.dispose();
  }
}

function attempted(compute: () => tf.Tensor): tf.Tensor | null {
  try {
    return tf.tidy(compute);
  } catch {
    discardTape();
    return null;
  }
}

function probedOf({ layer, weights, unvaried }: Subject, { shapes, training }: Setting): Probed {
  return {
    shapes,
    weights: layer.trainableWeights.map((weight) => weight.read()).filter((value) => isVariable(value)),
    apply: (inputs) => {
      const [only] = inputs;
      const output = unvaried(() =>
        keepingWeights(weights, () =>
          layer.apply(inputs.length === 1 && only !== undefined ? only : inputs, { training }),
        ),
      );
      const outputs = [output].flat().filter((tensor) => tensor instanceof tf.Tensor);
      if (outputs.some(({ size }) => size === 0)) throw new Error('nothing comes out');
      return outputs;
    },
  };
}

/** Runs `compute` with weights of usual sizes, and puts back what was. */
function withWeights({ layer, weights }: Subject, { drawn }: Setting, compute: () => tf.Tensor): tf.Tensor {
  return keepingWeights(weights, () => {
    if (drawn) {
      const stream = seededStream(1, 'weights');
      for (const weight of layer.trainableWeights) {
        const value = weight.read();
        if (!isVariable(value) || value.dtype !== 'float32') continue;
        tf.tidy(() => {
          const noise = tf.tensor(fillNormal(stream, new Float32Array(value.size)), value.shape);
          const matrix = value.rank >= 2;
          const usual = matrix ? 1 / Math.sqrt(fanIn(weight.originalName, value.shape)) : 0.2;
          value.assign(tf.add(tf.mul(usual, noise), matrix ? 0 : value));
        });
      }
    }
    return compute();
  });
}

/** How many products an output sums. */
function fanIn(name: string, shape: readonly number[]): number {
  const axes = shape.slice(0, name.includes('depthwise') ? -2 : -1);
  return Math.max(
    1,
    axes.reduce((product, size) => product * size, 1),
  );
}

/** Small ones first; those of the model where a layer takes no others. */
function shapesOf({ layer, effort }: Subject): number[][][] {
  const inputs = layer.inboundNodes[0]?.inputTensors ?? [];
  if (inputs.length === 0) return [];
  return effort.batches.flatMap((batch) => {
    const full = inputs.map(({ shape }) => [batch, ...shape.slice(1).map((size) => size ?? 8)]);
    const small = full.map((shape) =>
      shape.map((size, axis) => (axis > 0 && axis < shape.length - 1 ? Math.min(size, 5) : size)),
    );
    return JSON.stringify(small) === JSON.stringify(full) ? [full] : [small, full];
  });
}

function isVariable(value: tf.Tensor): value is tf.Variable {
  return value instanceof tf.Variable;
}
