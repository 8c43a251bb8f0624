import * as tf from '@tensorflow/tfjs-core';
import { type Kernel, tensorflowKernel } from './tensorflow-kernel';
import { floatType } from './tensorflow-package';

type Step = Kernel<{ x: tf.TensorInfo }, tf.StepAttrs>;

/**
 * step(x, alpha) = x > 0 ? 1 : alpha = max(sign(x), alpha) for alpha in [0, 1]: the slope of a leaky ReLU in two
 * operations of TensorFlow, where the stock kernel takes six. NaN stays NaN in both.
 */
export const step = tensorflowKernel<Step>(
  tf.Step,
  (stock) => (args) =>
    args.inputs.x.dtype === 'float32' && args.attrs.alpha >= 0 && args.attrs.alpha <= 1
      ? steps(args)
      : stock(args),
);

const steps: Step = ({ inputs: { x }, attrs: { alpha }, backend }) =>
  tf.tidy(() => {
    const type = floatType(backend);
    const signs = backend.executeSingleOutput('Sign', [type], [x]);
    return alpha === 0
      ? backend.executeSingleOutput('Relu', [type], [signs])
      : backend.executeSingleOutput('Maximum', [type], [signs, tf.scalar(alpha)]);
  });
