import { fillNormal, type Loader, seededStream } from '@eigengan/core';
import { subspaceLayer } from '@eigengan/subspace-layer';
import { adam, nonSaturating, Trainer } from '@eigengan/trainer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** A GAN whose generator is one subspace of three coordinates: a step takes a millisecond. */
export function denseGan(): { trainer: Trainer; batches: Loader<tf.Tensor>; importance(): tf.Tensor } {
  const subspace = subspaceLayer({ shape: [8], inputShape: [3], name: 'subspace' });
  const trainer = new Trainer({
    generator: tfl.sequential({ layers: [subspace] }),
    discriminator: tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [8] })] }),
    latents: (batch, stream) => [tf.tensor2d(fillNormal(stream, new Float32Array(3 * batch)), [batch, 3])],
    loss: nonSaturating(),
    optimizers: { generator: adam({ learningRate: 0.1 }), discriminator: adam({ learningRate: 0.1 }) },
    seed: 1,
  });
  const data = seededStream(1, 'data');
  return {
    trainer,
    importance: () => subspace.importance.read(),
    batches: {
      state: () => ({}),
      restore: () => {},
      async *[Symbol.asyncIterator]() {
        for (;;) {
          const images = tf.tensor2d(fillNormal(data, new Float32Array(32)), [4, 8]);
          yield { images, index: new Int32Array(4) };
        }
      },
    },
  };
}
