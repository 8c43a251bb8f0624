import { convolutionAttributes } from './convolution-attributes';
import type { Forward } from './convolution-kernel';
import { execute } from './operation';

/**
 * A convolution and its bias in one pass, by the operation of oneDNN that TensorFlow's own optimizer of graphs
 * puts in place of the two; by the stock kernel, which adds the bias afterwards, where TensorFlow has none.
 */
export const withBias = (stock: Forward): Forward => {
  let isPresent = process.env.TF_ENABLE_ONEDNN_OPTS !== '0';
  return (args) => {
    const {
      inputs: { x, filter, bias },
      attrs: { activation = 'linear', pad, dataFormat },
      backend,
    } = args;
    const isPlain = activation === 'linear' && typeof pad === 'string' && dataFormat !== 'NCHW';
    if (!isPresent || !isPlain || bias?.shape.length !== 1 || backend.isUsingGpuDevice) return stock(args);
    const ids = backend.getInputTensorIds([x, filter, bias]);
    // TensorFlow finds its replacements by this mark.
    const mark = { name: '_kernel', type: backend.binding.TF_ATTR_STRING, value: 'MklNameChangeOp' };
    const attributes = [...convolutionAttributes(backend, args.attrs), mark];
    try {
      const output = execute(backend, '_MklNativeConv2DWithBias', attributes, ids);
      return backend.createOutputTensor(output);
    } catch {
      isPresent = false;
      return stock(args);
    }
  };
};
