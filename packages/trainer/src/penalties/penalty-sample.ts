import { fillUniform } from '@eigengan/core';
import * as tf from '@tensorflow/tfjs-core';
import type { PenaltyContext } from './penalty-term';

export const penaltySamples = ['real', 'fake', 'line', 'real+fake', 'dragan-real', 'dragan-fake'] as const;

/** Where the discriminator's gradient is taken. */
export type PenaltySample = (typeof penaltySamples)[number];

/** The images at which the gradient is taken. */
export function penaltySample(
  at: PenaltySample,
  context: PenaltyContext,
  alpha: (context: PenaltyContext) => tf.Tensor = onePerImage,
): tf.Tensor {
  const { real, fake } = context;
  switch (at) {
    case 'real':
      return real;
    case 'fake':
      return fake;
    case 'real+fake':
      return tf.concat([real, fake]);
    case 'line':
      return between(real, fake, alpha(context));
    case 'dragan-real':
      return around(real, context);
    case 'dragan-fake':
      return around(fake, context);
  }
}

/** On the line to `x + beta std(x) / 2`, beta drawn for each element. */
function around(images: tf.Tensor, context: PenaltyContext): tf.Tensor {
  const alpha = onePerImage(context);
  const beta = draws(context, images.shape.slice(1));
  const deviation = tf.sqrt(tf.moments(images).variance);
  return between(images, tf.add(images, tf.mul(tf.mul(0.5, deviation), beta)), alpha);
}

function between(from: tf.Tensor, to: tf.Tensor, alpha: tf.Tensor): tf.Tensor {
  return tf.add(from, tf.mul(alpha, tf.sub(to, from)));
}

function onePerImage(context: PenaltyContext): tf.Tensor {
  const [, ...axes] = context.real.shape;
  return draws(
    context,
    axes.map(() => 1),
  );
}

/** Uniform draws on [0, 1), `[length, ...shape]`: of those for the whole batch the part's own. */
function draws({ part: { offset, length, of }, random }: PenaltyContext, shape: number[]): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const all = fillUniform(random, new Float32Array(of * size));
  return tf.tensor(all.subarray(offset * size, (offset + length) * size), [length, ...shape]);
}
