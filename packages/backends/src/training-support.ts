import { argumentError, assertOneOf, messageOf } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { floatPrecision } from './float-precision';
import { exampleInputs } from './training-support/example-inputs';
import { withStandInKernels } from './training-support/stand-in-kernels';
import { type StandardPhase, type SupportPhase, standardPhases } from './training-support/standard-phases';
import { keepingWeights, trainableVariables } from './training-support/unchanged-weights';
import { type Pass, type Place, placeOfError, watchingEngine } from './training-support/watched-engine';
import { watchingLayers } from './training-support/watched-layers';

/** An operation that training these networks needs and this backend lacks. */
export interface MissingOperation {
  /** tfjs's name of the operation, e.g. `Conv2DBackpropFilter`. */
  readonly kernel: string;
  /** Whether the backend cannot compute it, or tfjs cannot differentiate it. */
  readonly lacks: 'kernel' | 'gradient';
  /** The phase of a step that needs it. */
  readonly phase: string;
  /** Whether computing the loss needs it, its gradient, or the gradient of a gradient in it. */
  readonly pass: Pass;
  /** The layers that need it; empty where a loss or an optimizer does. */
  readonly layers: readonly string[];
}

/** A phase that failed for another reason; what comes after that was not looked at. */
export interface FailedPhase {
  readonly phase: string;
  readonly pass: Pass;
  readonly layer?: string | undefined;
  /** What was thrown. */
  readonly message: string;
}

/** Whether the current backend can train two networks; plain data. */
export interface TrainingSupport {
  readonly backend: string;
  /** Whether nothing is missing, no phase failed, and the backend computes in 32 bits. */
  readonly supported: boolean;
  readonly floatPrecision: 16 | 32;
  readonly missing: readonly MissingOperation[];
  readonly failed: readonly FailedPhase[];
}

/**
 * Lists, before step 1, every operation that training two networks needs and the current backend lacks: each
 * phase is computed and differentiated once, with a batch of two. Nothing is changed: neither weights nor batch
 * statistics, tensors, kernels or gradients. It says what is missing, not what is wrong: `selfTest` checks numbers.
 *
 * @param generator from latents to images
 * @param discriminator from images to scores
 * @param phases Names of standard ones, or losses of the caller's own. Default: `generator` and `discriminator`
 *   (non-saturating loss and what the layers add to it), `penalty` (R1) and `update` (Adam).
 * @throws ArgumentError when a phase is unknown or an input's size is.
 */
export async function trainingSupport(
  generator: tfl.LayersModel,
  discriminator: tfl.LayersModel,
  phases: readonly (StandardPhase | SupportPhase)[] = ['generator', 'discriminator', 'penalty', 'update'],
): Promise<TrainingSupport> {
  const chosen = phases.map(phaseOf);
  const precision = await floatPrecision();
  await importPlainLoops();
  const findings: Finding[] = [];
  tf.tidy(() => {
    const latents = exampleInputs('trainingSupport generator', generator);
    const sizes = generator.outputs[0]?.shape;
    const [images] = exampleInputs('trainingSupport discriminator', discriminator, sizes);
    if (images === undefined) throw argumentError('trainingSupport discriminator', 'must have an input', []);
    keepingWeights([generator, discriminator], () => {
      for (const phase of chosen)
        findings.push(examine(phase, { generator, discriminator, images, latents }));
    });
  });
  const missing = findings.flatMap((finding) => finding.missing);
  const failed = findings.flatMap((finding) => finding.failed);
  return {
    backend: tf.getBackend(),
    supported: missing.length === 0 && failed.length === 0 && precision === 32,
    floatPrecision: precision,
    missing,
    failed,
  };
}

type Finding = Pick<TrainingSupport, 'missing' | 'failed'>;

interface Subject {
  readonly generator: tfl.LayersModel;
  readonly discriminator: tfl.LayersModel;
  readonly images: tf.Tensor;
  readonly latents: tf.Tensor[];
}

/** Computes and differentiates one phase, and notes what it lacks. */
function examine(phase: SupportPhase, subject: Subject): Finding {
  const { generator, discriminator, images, latents } = subject;
  const place: Place = { pass: 'forward', layer: undefined };
  const found = new Map<string, MissingOperation & { readonly layers: string[] }>();
  const note = (lacks: 'kernel' | 'gradient') => (kernel: string) => {
    const key = `${lacks} ${kernel}`;
    const operation = found.get(key) ?? { kernel, lacks, phase: phase.name, pass: place.pass, layers: [] };
    found.set(key, operation);
    if (place.layer !== undefined && !operation.layers.includes(place.layer))
      operation.layers.push(place.layer);
  };
  const loss = () => phase.loss(generator, discriminator, images, latents);
  const variables = trainableVariables(phase.of === 'generator' ? generator : discriminator);
  const failed: FailedPhase[] = [];
  const run = () => {
    try {
      tf.tidy(() => {
        if (variables.length === 0) loss();
        else differentiate(loss, variables);
      });
    } catch (error) {
      discardTape();
      const message = messageOf(error);
      failed.push({ phase: phase.name, ...placeOfError(place, error), message });
    }
  };
  withStandInKernels(note('kernel'), () =>
    watchingEngine(place, note('gradient'), () => watchingLayers(place, [generator, discriminator], run)),
  );
  return { missing: [...found.values()], failed };
}

function differentiate(loss: () => tf.Scalar, variables: tf.Variable[]): void {
  // A loss that no variable takes part in, as the optimizer's arithmetic, is an answer too.
  tf.engine().gradients(loss, variables, undefined, true);
}

/** tfjs leaves the tensors saved for a gradient behind when computing it throws. */
function discardTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0) return;
  for (const { saved } of state.activeTape ?? []) for (const tensor of saved ?? []) tensor.dispose();
  state.activeTape = [];
}

function phaseOf(phase: StandardPhase | SupportPhase): SupportPhase {
  if (typeof phase === 'object') return phase;
  assertOneOf('trainingSupport phase', phase, ['generator', 'discriminator', 'penalty', 'update']);
  return standardPhases[phase];
}

/** Stand-ins ask tfjs's plain loops for shapes; without them they guess. */
async function importPlainLoops(): Promise<void> {
  try {
    await import('@tensorflow/tfjs-backend-cpu');
  } catch {
    // An optional package, which every other backend of tfjs brings along.
  }
}
