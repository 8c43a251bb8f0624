import type { RandomStream } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { DropoutMasks } from '../dropout/dropout-masks';
import type { ScalarLog } from '../logs/scalar-log';
import type { Network } from '../networks/network';
import { isRegularized, regularizationOf } from '../networks/regularization';
import type { PenaltyTerm } from '../penalties/penalty-term';
import type { TrainerSettings } from '../trainer-options';
import { unrecorded } from './gradients';
import type { Term } from './term';

/** What the terms of one step are made of. */
export interface StepContext {
  readonly settings: TrainerSettings;
  readonly masks: DropoutMasks;
  readonly generator: Network;
  readonly discriminator: Network;
  /** 0-based. */
  readonly step: number;
  readonly log: ScalarLog;
  /** The stream `penalty`. */
  readonly random: RandomStream;
}

/** The terms of D's loss; its own regularisation counts among the adversarial ones. */
export function discriminatorTerms(
  context: StepContext,
  real: tf.Tensor,
  fake: tf.Tensor,
): { adversarial: Term[]; penalties: Term[] } {
  const { settings, discriminator, log } = context;
  const adversarial: Term = {
    name: `the adversarial term (${settings.loss.name})`,
    weight: 1,
    interval: 1,
    evaluate: (logits) => {
      const realLogits = discriminator.train(real);
      const fakeLogits = discriminator.train(fake);
      logits.set(real, realLogits).set(fake, fakeLogits);
      const loss = settings.loss.discriminator(realLogits, fakeLogits);
      if (loss instanceof tf.Tensor) return log.add('d_loss', loss);
      return tf.add(log.add('d_real', loss.real), log.add('d_fake', loss.fake));
    },
  };
  return {
    adversarial: [adversarial, ...regularization(context, discriminator, 'd_regularization')],
    penalties: settings.penalties.map((penalty) => penaltyTerm(context, penalty, real, fake)),
  };
}

/**
 * The terms of G's loss. D is only passed through: nothing of it moves.
 *
 * @param real judged where the loss compares with it
 * @param between is given the images before D judges them: D's own update, which spares making them twice
 */
export function generatorTerms(
  context: StepContext,
  latents: tf.Tensor[],
  real: tf.Tensor,
  between: (fake: tf.Tensor) => void = () => {},
): Term[] {
  const { settings, generator, discriminator, log } = context;
  const adversarial: Term = {
    name: `the adversarial term (${settings.loss.name})`,
    weight: 1,
    interval: 1,
    evaluate: () => {
      const fake = generator.train(latents);
      unrecorded(() => between(fake));
      const realLogits = () => unrecorded(() => discriminator.observe(real));
      return log.add('g_loss', settings.loss.generator(discriminator.observe(fake), realLogits));
    },
  };
  return [adversarial, ...regularization(context, generator, 'g_regularization')];
}

function penaltyTerm(context: StepContext, penalty: PenaltyTerm, real: tf.Tensor, fake: tf.Tensor): Term {
  const { settings, discriminator, log, random, step } = context;
  return {
    name: `the penalty ${penalty.name}`,
    weight: penalty.weight,
    interval: penalty.interval,
    evaluate: (logits) => {
      const discriminate = (images: tf.Tensor) => logits.get(images) ?? discriminator.observe(images);
      const value = penalty.evaluate({ real, fake, discriminate, random, step });
      if (settings.penalties.length > 1) log.add(`penalty/${penalty.name}`, value);
      return log.add('penalty', value);
    },
  };
}

function regularization({ settings, log }: StepContext, network: Network, name: string): Term[] {
  if (!isRegularized(network.model)) return [];
  return [
    {
      name: 'the regularisation term',
      weight: 1,
      interval: settings.regularizationInterval,
      evaluate: () => log.add(name, regularizationOf(network.model) ?? tf.scalar(0)),
    },
  ];
}
