import * as tf from '@tensorflow/tfjs-core';
import { generatorIsDue, generatorUpdate } from './generator-turn';
import { type Part, piecesOf, rowsOf, shareOf } from './part';
import { type Phase, type Reduce, runPhase, runReducedPhase } from './phase';
import {
  type DiscriminatorTerms,
  discriminatorTerms,
  generatorTerms,
  type PartImages,
  type StepContext,
} from './step-terms';
import type { Term } from './term';

/** A batch of a step. */
export interface StepBatch {
  /** Which images of the whole batch these are. */
  readonly part: Part;
  readonly real: tf.Tensor;
  /** Of as many images. */
  readonly latents: tf.Tensor[];
  /** Draws others, for G's update; the caller of it disposes of them. */
  freshLatents(): tf.Tensor[];
}

/**
 * The updates of one step: D's, then, where it is due, G's by the updated D.
 *
 * @param reduce sums gradients over processes; null: there is one, and everything happens at once
 * @returns whether G was updated
 */
export async function updateNetworks(
  context: StepContext,
  batch: StepBatch,
  reduce: Reduce | null,
): Promise<boolean> {
  const { settings, generator, step } = context;
  const due = generatorIsDue(settings, step);
  const { microBatch } = settings;
  const inOnePiece = [microBatch.discriminator, microBatch.generator].every(
    (size) => piecesOf(batch.part, size).length === 1,
  );
  if (due && inOnePiece && reduce === null && settings.generatorLatents === 'same') {
    updateTogether(context, batch);
    return true;
  }
  const fake = context.masks.during(() => imagesFor(context, batch));
  try {
    for (const phase of discriminatorPhases(context, { ...batch, fake })) await run(context, phase, reduce);
  } finally {
    fake.dispose();
  }
  if (!due) return false;
  const latents = settings.generatorLatents === 'same' ? batch.latents : batch.freshLatents();
  try {
    const parts = piecesOf(batch.part, microBatch.generator).map((part) => ({
      share: shareOf(part),
      terms: () =>
        generatorTerms(context, {
          part,
          real: rowsOf(batch.real, part, batch.part),
          latents: latentsOf(latents, part, batch.part),
        }),
    }));
    await run(context, { network: generator, step: generatorUpdate(settings, step), parts }, reduce);
  } finally {
    if (latents !== batch.latents) tf.dispose(latents);
  }
  return true;
}

/** Both updates on images that G makes once: its pass is recorded, D's update happens within. */
function updateTogether(context: StepContext, { part, real, latents }: StepBatch): void {
  const updateDiscriminator = (fake: tf.Tensor) => {
    for (const phase of discriminatorPhases(context, { part, real, fake })) runPhase(phase);
  };
  const terms = () => generatorTerms(context, { part, real, latents }, updateDiscriminator);
  context.masks.during(() =>
    runPhase({
      network: context.generator,
      step: generatorUpdate(context.settings, context.step),
      parts: [{ share: shareOf(part), terms }],
    }),
  );
}

function run({ masks }: StepContext, phase: Phase, reduce: Reduce | null): Promise<void> | void {
  if (reduce === null) return masks.during(() => runPhase(phase));
  return runReducedPhase(phase, reduce, (compute) => masks.during(compute));
}

/** D's update, or, where penalties have one of their own, its two. */
function discriminatorPhases(context: StepContext, images: PartImages): Phase[] {
  const { penaltyUpdate, microBatch } = context.settings;
  const phase = (size: number | null, choose: (terms: DiscriminatorTerms) => Term[]): Phase => ({
    network: context.discriminator,
    step: context.step,
    parts: piecesOf(images.part, size).map((part) => ({
      share: shareOf(part),
      terms: () => choose(discriminatorTerms(context, imagesOf(images, part))),
    })),
  });
  const { discriminator } = microBatch;
  if (penaltyUpdate === 'separate') {
    return [
      phase(discriminator, ({ adversarial }) => adversarial),
      phase(microBatch.penalties, ({ penalties }) => penalties),
    ];
  }
  return [phase(discriminator, ({ adversarial, penalties }) => [...adversarial, ...penalties])];
}

function imagesOf({ part: held, real, fake }: PartImages, part: Part): PartImages {
  return { part, real: rowsOf(real, part, held), fake: rowsOf(fake, part, held) };
}

/** G's images for D's update. */
function imagesFor({ settings, generator }: StepContext, { part, latents }: StepBatch): tf.Tensor {
  return tf.tidy(() => {
    const pieces = piecesOf(part, settings.microBatch.discriminator).map((piece) =>
      tf.tidy(() => generator.observe(latentsOf(latents, piece, part))),
    );
    const [first] = pieces;
    return first !== undefined && pieces.length === 1 ? first : tf.concat(pieces);
  });
}

function latentsOf(latents: tf.Tensor[], part: Part, held: Part): tf.Tensor[] {
  return latents.map((tensor) => rowsOf(tensor, part, held));
}
