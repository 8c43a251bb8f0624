import * as tf from '@tensorflow/tfjs-core';
import { keepingWeights } from '../networks/batch-statistics';
import type { PenaltyTerm } from '../penalties/penalty-term';
import { smallestOf } from '../phases/micro-batch';
import { rowsOf, wholeBatch } from '../phases/part';
import { discriminatorTerms, generatorTerms, type StepContext } from '../phases/step-terms';
import { dryRun } from './dry-run';
import { assertSecondOrder } from './second-order-check';

/**
 * Differentiates every term of a step once, whether it is due or not, and puts everything back.
 *
 * @throws TrainingError naming the layer that has no gradient on this backend, or a wrong one
 */
export async function rehearse(context: StepContext, images: tf.Tensor, latents: tf.Tensor[]): Promise<void> {
  const { generator: g, discriminator: d, masks } = context;
  let differentiatedTwice = false;
  const { settings } = context;
  const penalties = settings.penalties.map((penalty) =>
    watched(penalty, () => {
      // One gradient for D's weights; a deeper one is the penalty's own.
      differentiatedTwice ||= tf.engine().state.gradientDepth > 1;
    }),
  );
  const observed = { ...context, settings: { ...settings, penalties } };
  masks.during(() =>
    keepingWeights([...g.weights, ...d.weights], () =>
      tf.tidy(() => {
        // No more at once than the updates will take.
        const held = wholeBatch(images.shape[0] ?? 0);
        const part = wholeBatch(Math.min(held.length, smallestOf(settings.microBatch)));
        const real = rowsOf(images, part, held);
        const own = latents.map((tensor) => rowsOf(tensor, part, held));
        const terms = discriminatorTerms(observed, { part, real, fake: g.observe(own) });
        dryRun(d, [...terms.adversarial, ...terms.penalties], [d]);
        dryRun(g, generatorTerms(context, { part, real, latents: own }), [g, d]);
      }),
    ),
  );
  if (differentiatedTwice) await assertSecondOrder(d.model, (compute) => masks.during(compute));
}

/** A penalty that tells when it asks for D's judgement. */
function watched(penalty: PenaltyTerm, asked: () => void): PenaltyTerm {
  return {
    ...penalty,
    evaluate: (context) =>
      penalty.evaluate({
        ...context,
        discriminate: (images) => {
          asked();
          return context.discriminate(images);
        },
      }),
  };
}
