import type { Forward } from './convolution-kernel';
import { execute } from './operation';
import type { TensorflowBackend } from './tensorflow-package';

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
    try {
      const output = execute(backend, '_MklNativeConv2DWithBias', attributesOf(args.attrs, backend), ids);
      return backend.createOutputTensor(output);
    } catch {
      isPresent = false;
      return stock(args);
    }
  };
};

function attributesOf(
  { strides, dilations = 1, pad }: Parameters<Forward>[0]['attrs'],
  { binding }: TensorflowBackend,
) {
  const text = (name: string, value: string) => ({ name, type: binding.TF_ATTR_STRING, value });
  const steps = (name: string, value: [number, number] | number) => {
    const [height, width] = typeof value === 'number' ? [value, value] : value;
    return { name, type: binding.TF_ATTR_INT, value: [1, height, width, 1] };
  };
  return [
    steps('strides', strides),
    steps('dilations', dilations),
    text('padding', String(pad).toUpperCase()),
    text('data_format', 'NHWC'),
    // TensorFlow finds its replacements by this mark.
    text('_kernel', 'MklNameChangeOp'),
  ];
}
