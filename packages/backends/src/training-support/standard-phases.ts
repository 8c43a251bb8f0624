import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** What a step of training a GAN is made of. */
export type StandardPhase = 'generator' | 'discriminator' | 'penalty' | 'update';

/** A loss, and the network whose weights it trains. */
export interface SupportPhase {
  /** What the report calls it. */
  readonly name: string;
  /** The network whose trainable weights the loss is differentiated in. */
  readonly of: 'generator' | 'discriminator';
  /** Computes the loss on two images and the latents of two. */
  loss(
    generator: tfl.LayersModel,
    discriminator: tfl.LayersModel,
    images: tf.Tensor,
    latents: tf.Tensor[],
  ): tf.Scalar;
}

/** The non-saturating loss, R1 and Adam: what the others of the field are made of too. */
export const standardPhases: Readonly<Record<StandardPhase, SupportPhase>> = {
  discriminator: {
    name: 'discriminator',
    of: 'discriminator',
    loss: (generator, discriminator, images, latents) =>
      tf.add(
        tf.mean(tf.softplus(tf.neg(scores(discriminator, images)))),
        tf.add(
          tf.mean(tf.softplus(scores(discriminator, only(apply(generator, latents))))),
          regularization(discriminator),
        ),
      ),
  },
  generator: {
    name: 'generator',
    of: 'generator',
    loss: (generator, discriminator, _images, latents) =>
      tf.add(
        tf.mean(tf.softplus(tf.neg(scores(discriminator, only(apply(generator, latents)))))),
        regularization(generator),
      ),
  },
  penalty: {
    name: 'penalty',
    of: 'discriminator',
    loss: (_generator, discriminator, images) =>
      tf.sum(tf.square(tf.grad((x: tf.Tensor) => tf.sum(scores(discriminator, x)))(images))),
  },
  update: {
    name: 'update',
    of: 'generator',
    loss: () => {
      const [gradient, moment] = [tf.linspace(-1, 1, 8), tf.linspace(0, 1, 8)];
      const mean = tf.add(tf.mul(moment, 0.9), tf.mul(gradient, 0.1));
      const variance = tf.add(tf.mul(moment, 0.99), tf.mul(tf.square(gradient), 0.01));
      return tf.sum(tf.sub(moment, tf.div(mean, tf.add(tf.sqrt(variance), 1e-8))));
    },
  },
};

function scores(discriminator: tfl.LayersModel, images: tf.Tensor): tf.Tensor {
  return only(apply(discriminator, [images]));
}

function apply(model: tfl.LayersModel, inputs: tf.Tensor[]): tf.Tensor[] {
  const [input = inputs] = inputs.length === 1 ? inputs : [];
  const outputs = model.apply(input, { training: true });
  return [outputs].flat().filter((output): output is tf.Tensor => output instanceof tf.Tensor);
}

function only([first]: tf.Tensor[]): tf.Tensor {
  return first ?? tf.scalar(0);
}

function regularization(model: tfl.LayersModel): tf.Scalar {
  return model.calculateLosses().reduce<tf.Scalar>((sum, loss) => tf.add(sum, loss), tf.scalar(0));
}
