import { convolutionAttributes } from './convolution-attributes';
import type { FilterGradient, Forward, InputGradient } from './convolution-kernel';
import type { ConvolutionAttributes } from './convolution-margins';
import { integers } from './kept-numbers';
import { executeOneDnn } from './one-dnn';
import { execute } from './operation';
import type { TensorflowBackend } from './tensorflow-package';

// oneDNN's operations by their own names; and no tensor of a shape is made twice, as the stock kernels do.

/** A convolution, with its bias in the same pass where oneDNN is. */
export const forward =
  (stock: Forward): Forward =>
  (args) => {
    const {
      inputs: { x, filter, bias },
      attrs,
      backend,
    } = args;
    const { activation = 'linear' } = attrs;
    const isUsual = isPlain(attrs) && activation === 'linear' && (bias?.shape.length ?? 1) === 1;
    if (!isUsual) return stock(args);
    const name = bias === undefined ? '_MklNativeConv2D' : '_MklNativeConv2DWithBias';
    const ids = backend.getInputTensorIds(bias === undefined ? [x, filter] : [x, filter, bias]);
    const output = executeOneDnn(backend, name, convolutionAttributes(backend, attrs), ids);
    return output === undefined ? stock(args) : backend.createOutputTensor(output);
  };

/** The gradient of a convolution in its input, and the transposed convolution. */
export const inputGradient =
  (stock: InputGradient): InputGradient =>
  (args) => {
    const {
      inputs: { dy, filter },
      attrs,
      backend,
    } = args;
    if (!isPlain(attrs)) return stock(args);
    const ids = [integers(backend, attrs.inputShape), ...backend.getInputTensorIds([filter, dy])];
    return gradient(backend, 'Conv2DBackpropInput', attrs, ids);
  };

/** The gradient of a convolution in its filter. */
export const filterGradient =
  (stock: FilterGradient): FilterGradient =>
  (args) => {
    const {
      inputs: { x, dy },
      attrs,
      backend,
    } = args;
    if (!isPlain(attrs)) return stock(args);
    const [images = -1, gradients = -1] = backend.getInputTensorIds([x, dy]);
    const ids = [images, integers(backend, attrs.filterShape), gradients];
    return gradient(backend, 'Conv2DBackpropFilter', attrs, ids);
  };

function gradient(
  backend: TensorflowBackend,
  name: string,
  attrs: ConvolutionAttributes,
  ids: readonly number[],
) {
  const attributes = convolutionAttributes(backend, attrs);
  return backend.createOutputTensor(
    executeOneDnn(backend, `_MklNative${name}`, attributes, ids) ?? execute(backend, name, attributes, ids),
  );
}

function isPlain({ pad, dataFormat }: ConvolutionAttributes & { readonly dataFormat?: string }): boolean {
  return typeof pad === 'string' && dataFormat !== 'NCHW';
}
