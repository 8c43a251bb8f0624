import * as tf from '@tensorflow/tfjs-core';
import { keepingWeights } from './batch-statistics';
import { dryRun } from './dry-run';
import { assertSecondOrder } from './second-order-check';
import { discriminatorTerms, generatorTerms, type StepContext } from './step-terms';

/**
 * Differentiates every term of a step once, whether it is due or not, and puts everything back.
 *
 * @throws TrainingError naming the layer that has no gradient on this backend, or a wrong one
 */
export async function rehearse(context: StepContext, images: tf.Tensor, latents: tf.Tensor[]): Promise<void> {
  const { generator: g, discriminator: d, settings } = context;
  context.masks.during(context.step, () =>
    keepingWeights([...g.weights, ...d.weights], () =>
      tf.tidy(() => {
        const { adversarial, penalties } = discriminatorTerms(context, images, g.observe(latents));
        dryRun(d, [...adversarial, ...penalties], [d]);
        dryRun(g, generatorTerms(context, latents), [g, d]);
      }),
    ),
  );
  if (settings.penalties.length > 0) await assertSecondOrder(d.model);
}
