import { seededStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Augment } from '../augment/step-augmentation';
import type { Masks } from '../dropout/dropout-masks';
import type { Log, ScalarLog } from '../logs/scalar-log';
import type { Network } from '../networks/network';
import { isRegularized, regularizationOf } from '../networks/regularization';
import type { PenaltyTerm } from '../penalties/penalty-term';
import type { TrainerSettings } from '../trainer-options';
import { unrecorded } from './gradients';
import { type Part, shareOf } from './part';
import type { Term } from './term';

/** What the terms of one step are made of. */
export interface StepContext {
  readonly settings: TrainerSettings;
  readonly masks: Masks;
  readonly augment: Augment;
  readonly generator: Network;
  readonly discriminator: Network;
  /** 0-based. */
  readonly step: number;
  readonly log: ScalarLog;
}

/** Images of one part of a step's batch. */
export interface PartImages {
  readonly part: Part;
  readonly real: tf.Tensor;
  readonly fake: tf.Tensor;
}

/** What G makes images of in one part of a step's batch, and the real images that D may compare them with. */
export interface PartLatents {
  readonly part: Part;
  readonly real: tf.Tensor;
  readonly latents: tf.Tensor[];
}

/** The two halves of D's loss. */
export interface DiscriminatorTerms {
  readonly adversarial: Term[];
  readonly penalties: Term[];
}

/** The terms of D's loss on a part; its own regularisation counts among the adversarial ones. */
export function discriminatorTerms(
  context: StepContext,
  { part, real, fake }: PartImages,
): DiscriminatorTerms {
  const { settings, discriminator, augment } = context;
  const log = context.log.share(shareOf(part));
  const adversarial: Term = {
    name: `the adversarial term (${settings.loss.name})`,
    weight: 1,
    interval: 1,
    reusesLogits: false,
    evaluate: (logits) => {
      const seen = [augment(real, part, 'real'), augment(fake, part, 'fake')] as const;
      const [realLogits, fakeLogits] =
        logits === null
          ? discriminator.trainTogether(...seen)
          : [discriminator.train(seen[0]), discriminator.train(seen[1])];
      // By the images before they were augmented: where a penalty takes its gradient.
      logits?.set(real, realLogits).set(fake, fakeLogits);
      if (settings.augment !== null) log.add('augment_rt', tf.mean(tf.sign(realLogits)));
      const loss = settings.loss.discriminator(realLogits, fakeLogits);
      if (loss instanceof tf.Tensor) return log.add('d_loss', loss);
      return tf.add(log.add('d_real', loss.real), log.add('d_fake', loss.fake));
    },
  };
  return {
    adversarial: [adversarial, ...regularization(settings, discriminator, log, 'd_regularization')],
    penalties: settings.penalties.map((penalty) => penaltyTerm(context, penalty, { part, real, fake })),
  };
}

/**
 * The terms of G's loss on a part. D is only passed through: nothing of it moves.
 *
 * @param between is given the images before D judges them: D's own update, which spares making them twice
 */
export function generatorTerms(
  context: StepContext,
  { part, real, latents }: PartLatents,
  between: (fake: tf.Tensor) => void = () => {},
): Term[] {
  const { settings, generator, discriminator, augment } = context;
  const log = context.log.share(shareOf(part));
  const adversarial: Term = {
    name: `the adversarial term (${settings.loss.name})`,
    weight: 1,
    interval: 1,
    reusesLogits: false,
    evaluate: () => {
      const fake = generator.train(latents);
      unrecorded(() => between(fake));
      const realLogits = () => unrecorded(() => discriminator.observe(augment(real, part, 'generator/real')));
      const fakeLogits = discriminator.observe(augment(fake, part, 'generator'));
      return log.add('g_loss', settings.loss.generator(fakeLogits, realLogits));
    },
  };
  return [adversarial, ...regularization(settings, generator, log, 'g_regularization')];
}

function penaltyTerm(context: StepContext, penalty: PenaltyTerm, { part, real, fake }: PartImages): Term {
  const { settings, discriminator, augment, step } = context;
  const log = context.log.share(shareOf(part));
  return {
    name: `the penalty ${penalty.name}`,
    weight: penalty.weight,
    interval: penalty.interval,
    reusesLogits: true,
    evaluate: (logits) => {
      let passes = 0;
      const discriminate = (images: tf.Tensor) =>
        logits?.get(images) ??
        discriminator.observe(augment(images, part, `penalty/${penalty.name}/${passes++}`));
      // The same stream for every part of the batch, from which each takes its own.
      const random = seededStream(settings.seed, `penalty/${penalty.name}/${step}`);
      const value = penalty.evaluate({ real, fake, part, discriminate, random, step });
      if (settings.penalties.length > 1) log.add(`penalty/${penalty.name}`, value);
      return log.add('penalty', value);
    },
  };
}

function regularization(settings: TrainerSettings, network: Network, log: Log, name: string): Term[] {
  if (!isRegularized(network.model)) return [];
  return [
    {
      name: 'the regularisation term',
      weight: 1,
      interval: settings.regularizationInterval,
      reusesLogits: false,
      evaluate: () => log.add(name, regularizationOf(network.model) ?? tf.scalar(0)),
    },
  ];
}
