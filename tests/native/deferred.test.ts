import { useBackend } from '@eigengan/backends';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { describeNative } from './describe-native';
import { executedOperations } from './executed-operations';

/** The gradients of convolutions that TensorFlow computes while `run` runs. */
const gradientsRun = (run: () => void) =>
  executedOperations(run).flatMap((name) => /Conv2DBackprop\w+/.exec(name)?.slice(0, 1) ?? []);

await describeNative('the gradients that a fused convolution makes of everything', () => {
  const image = () => tf.randomUniform<tf.Rank.R4>([2, 8, 8, 3], -1, 1, 'float32', 1);
  const filter = () => tf.randomUniform<tf.Rank.R4>([3, 3, 3, 5], -1, 1, 'float32', 2);
  const convolve = (x: tf.Tensor, w: tf.Tensor) =>
    tf.sum(tf.square(tf.fused.conv2d({ x: x as tf.Tensor4D, filter: w as tf.Tensor4D, strides: 1, pad: 1 })));
  const counts = () => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.engine().backend.numDataIds()];

  beforeAll(() => useBackend('tensorflow'));

  test.each([
    ['the images', 'Conv2DBackpropInput', () => tf.grad((x) => convolve(x, filter()))(image())],
    ['the filter', 'Conv2DBackpropFilter', () => tf.grad((w) => convolve(image(), w))(filter())],
  ])('cost nothing but for %s, when only that is asked for', (_, wanted, gradient) => {
    const before = counts();
    expect(gradientsRun(() => void tf.tidy(() => void gradient().dataSync()))).toEqual([wanted]);
    expect(counts()).toEqual(before);
  });

  test('leave nothing behind when none is looked at', () => {
    const before = counts();
    expect(gradientsRun(() => void tf.tidy(() => void tf.grads(convolve)([image(), filter()])))).toEqual([]);
    expect(counts()).toEqual(before);
  });

  test('of a dense layer, too: asked for its input, they multiply once, after the layer itself did', () => {
    tf.tidy(() => {
      const [x, kernel, bias] = [tf.randomUniform([4, 6]), tf.randomUniform([6, 5]), tf.randomUniform([5])];
      const dense = (x: tf.Tensor) => tf.fused.matMul({ a: x, b: kernel, bias });
      const run = executedOperations(
        () =>
          void tf
            .grad(dense)(x, tf.ones([4, 5]))
            .dataSync(),
      );
      const passes = run.filter((name) => name === 'MatMul' || name === 'BiasAddGrad');
      expect(passes).toEqual(['MatMul', 'MatMul']);
    });
  });

  test('are those of the variable as it was, whatever is assigned before they are looked at', async () => {
    const variable = tf.variable(filter());
    const [x, other] = [image(), tf.ones<tf.Rank.R4>([3, 3, 3, 5])];
    const gradient = tf.grad((images) => convolve(images, variable));
    const [late, expected] = [gradient(x), gradient(x)];
    const numbers = await expected.data();
    variable.assign(other);
    expect(await late.data()).toEqual(numbers);
    tf.dispose([variable, x, other, late, expected]);
  });
});
