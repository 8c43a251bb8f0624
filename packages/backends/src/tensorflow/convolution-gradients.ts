import { convolutionAttributes } from './convolution-attributes';
import type { FilterGradient, InputGradient } from './convolution-kernel';
import type { ConvolutionAttributes } from './convolution-margins';
import { integers } from './kept-numbers';
import { execute } from './operation';

// By the operations that the stock kernels take, which make a tensor of the shape for each.

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
    const attributes = convolutionAttributes(backend, attrs);
    return backend.createOutputTensor(execute(backend, 'Conv2DBackpropInput', attributes, ids));
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
    const [id = -1, gradient = -1] = backend.getInputTensorIds([x, dy]);
    const ids = [id, integers(backend, attrs.filterShape), gradient];
    const attributes = convolutionAttributes(backend, attrs);
    return backend.createOutputTensor(execute(backend, 'Conv2DBackpropFilter', attributes, ids));
  };

function isPlain({ pad, dataFormat }: ConvolutionAttributes & { readonly dataFormat?: string }): boolean {
  return typeof pad === 'string' && dataFormat !== 'NCHW';
}
